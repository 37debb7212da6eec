/**
 * Every shortcut there is, by where it works: the handlers are bound by these names, and the help sheet lists them. A key is written as
 * its modifiers and what it types; `Mod` is Command on Apple's machines and Control on all others.
 */
export const SHORTCUTS = {
  everywhere: {
    switcher: { keys: ['Mod+K'], label: 'Go to a room or a person' },
    search: { keys: ['Mod+/'], label: 'Search the messages of this room' },
    help: { keys: ['?'], label: 'Show this sheet' },
    previousRoom: { keys: ['Alt+ArrowUp'], label: 'Previous room' },
    nextRoom: { keys: ['Alt+ArrowDown'], label: 'Next room' },
    previousUnread: { keys: ['Alt+Shift+ArrowUp'], label: 'Previous room with unread messages' },
    nextUnread: { keys: ['Alt+Shift+ArrowDown'], label: 'Next room with unread messages' },
    markAllRead: { keys: ['Shift+Escape'], label: 'Mark everything as read' },
  },
  room: {
    closePane: { keys: ['Escape'], label: 'Close the thread or the members' },
  },
  writing: {
    send: { keys: ['Enter'], label: 'Send (with a touch screen: new line)' },
    sendNow: { keys: ['Mod+Enter'], label: 'Send, wherever the cursor is' },
    newLine: { keys: ['Shift+Enter'], label: 'New line; a list or a quote goes on' },
    editLast: { keys: ['ArrowUp'], label: 'Edit your last message, when the field is empty' },
    cancel: { keys: ['Escape'], label: 'Stop editing' },
    preview: { keys: ['Mod+Shift+Enter'], label: 'Show or hide the preview' },
  },
  formatting: {
    bold: { keys: ['Mod+B'], label: 'Bold' },
    italic: { keys: ['Mod+I'], label: 'Italic' },
    strike: { keys: ['Mod+Shift+X'], label: 'Struck through' },
    code: { keys: ['Mod+E'], label: 'Code' },
    link: { keys: ['Mod+Shift+U'], label: 'Link' },
    numbers: { keys: ['Mod+Shift+7'], label: 'Numbered list' },
    list: { keys: ['Mod+Shift+8'], label: 'List' },
    quote: { keys: ['Mod+Shift+9'], label: 'Quote' },
    spoiler: { keys: ['Mod+Shift+H'], label: 'Spoiler' },
  },
  lists: {
    move: { keys: ['ArrowUp', 'ArrowDown'], label: 'Move through suggestions, menus and results' },
    choose: { keys: ['Enter', 'Tab'], label: 'Take the suggestion' },
    close: { keys: ['Escape'], label: 'Close' },
  },
} as const satisfies Record<string, Record<string, Shortcut>>;

interface Shortcut {
  keys: readonly string[];
  label: string;
}

export type ShortcutPlace = keyof typeof SHORTCUTS;
export type ShortcutIn<P extends ShortcutPlace> = keyof (typeof SHORTCUTS)[P] & string;

export const PLACE_NAMES: Readonly<Record<ShortcutPlace, string>> = {
  everywhere: 'Getting around',
  room: 'In a room',
  writing: 'Writing',
  formatting: 'Formatting',
  lists: 'In lists',
};

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const MODIFIERS = new Set(['Mod', 'Alt', 'Shift']);

export function isApple(platform = navigator.platform): boolean {
  return /^(?:Mac|iPhone|iPad)/u.test(platform);
}

/** The shortcut that a pressed key means in a place, if any. */
export function shortcutIn<P extends ShortcutPlace>(
  place: P,
  event: Pressed,
  apple = isApple(),
): ShortcutIn<P> | undefined {
  const found = Object.entries<Shortcut>(SHORTCUTS[place]).find(([, { keys }]) =>
    keys.some((keysTogether) => matches(keysTogether, event, apple)),
  );
  return found?.[0] as ShortcutIn<P> | undefined;
}

function matches(keysTogether: string, event: Pressed, apple: boolean): boolean {
  const parts = keysTogether.split('+');
  const key = parts.find((part) => !MODIFIERS.has(part)) ?? '';
  const [command, other] = apple ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  // What a sign is typed with differs from keyboard to keyboard: its Shift counts for nothing.
  const sign = key.length === 1 && !/[A-Z0-9]/u.test(key);
  return (
    !other &&
    command === parts.includes('Mod') &&
    event.altKey === parts.includes('Alt') &&
    (sign || event.shiftKey === parts.includes('Shift')) &&
    isKey(key, event)
  );
}

/** Shift turns digits into other signs, so they are known by their place. */
function isKey(key: string, event: Pressed): boolean {
  if (/^\d$/u.test(key)) return event.code === `Digit${key}`;
  return key.length === 1 ? event.key.toUpperCase() === key : event.key === key;
}

const SIGNS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };
const APPLE_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' };

/** The keys to press together, as they are written on the keyboard. */
export function keyNames(keysTogether: string, apple = isApple()): string[] {
  return keysTogether
    .split('+')
    .map((part) => (apple ? APPLE_SIGNS[part] : part === 'Mod' ? 'Ctrl' : undefined) ?? SIGNS[part] ?? part);
}

/** "Bold (Ctrl B)": what a button does and how to do it without one. */
export function withKeys(label: string, { keys }: Shortcut): string {
  const first = keys[0];
  return first === undefined ? label : `${label} (${keyNames(first).join(' ')})`;
}

/** Whether somebody is typing, so that a plain key is a letter and no shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/u.test(target.tagName))
  );
}
