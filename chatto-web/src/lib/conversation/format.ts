/** A text field's content and selection. */
export interface Selection {
  text: string;
  start: number;
  end: number;
}

/** Something that changes the text and what is selected of it. */
export type Change = (selection: Selection) => Selection;

/** Puts a mark around the selection, or takes it away where it is there already. */
export function wrap({ text, start, end }: Selection, mark: string): Selection {
  const size = mark.length;
  if (text.slice(start - size, start) === mark && text.slice(end, end + size) === mark) {
    const plain = text.slice(0, start - size) + text.slice(start, end) + text.slice(end + size);
    return { text: plain, start: start - size, end: end - size };
  }
  const marked = text.slice(0, start) + mark + text.slice(start, end) + mark + text.slice(end);
  return { text: marked, start: start + size, end: end + size };
}

/** Makes the selection the text of a link and selects the place of its address. */
export function link({ text, start, end }: Selection): Selection {
  const label = text.slice(start, end) || 'text';
  const address = 'https://';
  const from = start + label.length + 3;
  return {
    text: `${text.slice(0, start)}[${label}](${address})${text.slice(end)}`,
    start: from,
    end: from + address.length,
  };
}

/** Numbers the selected lines, or takes the numbers away when all have one. */
export function numberLines({ text, start, end }: Selection): Selection {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const lines = text.slice(from, end).split('\n');
  const all = lines.every((line) => /^\d+\. /u.test(line));
  const changed = lines
    .map((line, index) => (all ? line.replace(/^\d+\. /u, '') : `${index + 1}. ${line}`))
    .join('\n');
  return { text: text.slice(0, from) + changed + text.slice(end), start: from, end: from + changed.length };
}

/** Begins every selected line with a prefix, or takes it away when all have it. */
export function prefixLines({ text, start, end }: Selection, prefix: string): Selection {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const lines = text.slice(from, end).split('\n');
  const all = lines.every((line) => line.startsWith(prefix));
  const changed = lines.map((line) => (all ? line.slice(prefix.length) : prefix + line)).join('\n');
  return {
    text: text.slice(0, from) + changed + text.slice(end),
    start: from,
    end: from + changed.length,
  };
}

/** Code on one line is marked in it; code of several lines becomes a block. */
export function code(selection: Selection): Selection {
  const { text, start, end } = selection;
  const chosen = text.slice(start, end);
  if (!chosen.includes('\n')) return wrap(selection, '`');
  const before = start === 0 || text[start - 1] === '\n' ? '```\n' : '\n```\n';
  return {
    text: `${text.slice(0, start)}${before}${chosen}\n\`\`\`\n${text.slice(end)}`,
    start: start + before.length,
    end: end + before.length,
  };
}

/** Makes the selection a link to an address; nothing where nothing is selected or the text is no address. */
export function linkTo({ text, start, end }: Selection, address: string): Selection | undefined {
  const chosen = text.slice(start, end);
  if (chosen === '' || chosen.includes('\n') || !/^https?:\/\/\S+$/u.test(address)) return undefined;
  const linked = `[${chosen}](${address})`;
  return {
    text: text.slice(0, start) + linked + text.slice(end),
    start: start + linked.length,
    end: start + linked.length,
  };
}

/** Puts words in the place of the selected ones, or where the cursor is. */
export function replace({ text, start, end }: Selection, words: string): Selection {
  return insert(text.slice(0, start), words, text.slice(end));
}

const LIST_MARK = /^(?<indent>[ \t]*)(?:(?<bullet>[-*+] |> ?)|(?<number>\d{1,8})(?<dot>[.)] ))/u;

/** Begins a new line that goes on with the list or quote of this one, or ends it where this one is empty. */
export function newLine({ text, start, end }: Selection): Selection {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const mark = LIST_MARK.exec(text.slice(from, start));
  const before = text.slice(0, start);
  if (mark === null) return insert(before, '\n', text.slice(end));
  if (from + mark[0].length === start && !/^[^\n]/u.test(text.slice(end)))
    return insert(text.slice(0, from), '', text.slice(end));
  const { indent = '', bullet, number, dot = '' } = mark.groups ?? {};
  return insert(before, `\n${indent}${bullet ?? `${Number(number) + 1}${dot}`}`, text.slice(end));
}

/** Whether a place is inside a fenced block of code. */
export function isInCode(text: string, at: number): boolean {
  const fences = text.slice(0, at).match(/^ {0,3}```/gmu);
  return fences !== null && fences.length % 2 === 1;
}

function insert(before: string, added: string, after: string): Selection {
  const at = before.length + added.length;
  return { text: before + added + after, start: at, end: at };
}

/** The one part in which two texts differ: what of the old one is replaced, and by what. */
export function difference(old: string, text: string): { from: number; to: number; inserted: string } {
  const shorter = Math.min(old.length, text.length);
  let from = 0;
  while (from < shorter && old[from] === text[from]) from += 1;
  let behind = 0;
  while (behind < shorter - from && old[old.length - 1 - behind] === text[text.length - 1 - behind])
    behind += 1;
  return { from, to: old.length - behind, inserted: text.slice(from, text.length - behind) };
}
