/** A text field's content and selection. */
export interface Selection {
  text: string;
  start: number;
  end: number;
}

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
