import * as format from '../lib/conversation/format';
import type { ShortcutIn } from '../lib/keyboard/shortcuts';
import type { IconName } from '../shared/icons';

/** What the buttons above a message's text do, which their shortcuts do too. */
export const FORMATTING_TOOLS: Record<ShortcutIn<'formatting'>, { icon: IconName; change: format.Change }> = {
  bold: { icon: 'bold', change: (selection) => format.wrap(selection, '**') },
  italic: { icon: 'italic', change: (selection) => format.wrap(selection, '*') },
  strike: { icon: 'strike', change: (selection) => format.wrap(selection, '~~') },
  code: { icon: 'code', change: format.code },
  link: { icon: 'link', change: format.link },
  list: { icon: 'list', change: (selection) => format.prefixLines(selection, '- ') },
  numbers: { icon: 'numbers', change: format.numberLines },
  quote: { icon: 'quote', change: (selection) => format.prefixLines(selection, '> ') },
  spoiler: { icon: 'eyeOff', change: (selection) => format.wrap(selection, '||') },
};
