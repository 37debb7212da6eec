/** What can be asked for besides words. */
export interface Operator {
  /** What is written; where it ends with a colon something follows. */
  text: string;
  label: string;
}

export const OPERATORS: readonly Operator[] = [
  { text: 'from:', label: 'a person’s login, or me' },
  { text: 'in:', label: 'a room, or @login' },
  { text: 'before:', label: 'a day, such as 2026-01-31' },
  { text: 'after:', label: 'a day, such as 2026-01-31' },
  { text: 'has:link', label: 'with a link' },
  { text: 'has:file', label: 'with a file' },
  { text: 'has:image', label: 'with a picture' },
  { text: 'has:reaction', label: 'that somebody reacted to' },
  { text: 'is:pinned', label: 'pinned to its room' },
];

/** Filters that need nothing behind them, to be switched on and off. */
export const SWITCHES: readonly Operator[] = [
  { text: 'from:me', label: 'From me' },
  { text: 'has:link', label: 'Links' },
  { text: 'has:file', label: 'Files' },
  { text: 'has:image', label: 'Pictures' },
  { text: 'has:reaction', label: 'Reactions' },
  { text: 'is:pinned', label: 'Pinned' },
];

/** The parts of a query: what stands in quotation marks is one, with what is written directly before it. */
export function partsOf(query: string): string[] {
  return query.match(/(?:[^\s"]*"[^"]*(?:"|$)|[^\s"]+)/gu) ?? [];
}

export function hasPart(query: string, part: string): boolean {
  return partsOf(query).some((one) => one.toLowerCase() === part);
}

/** The query with a part, or without it where it has it. */
export function togglePart(query: string, part: string): string {
  const parts = partsOf(query);
  return hasPart(query, part)
    ? parts.filter((one) => one.toLowerCase() !== part).join(' ')
    : [...parts, part].join(' ');
}

/** The query with an operator at its end, for something to be written behind it. */
export function withOperator(query: string, operator: Operator): string {
  const rest = operator.text.endsWith(':') ? operator.text : `${operator.text} `;
  return query.trim() === '' ? rest : `${query.trimEnd()} ${rest}`;
}
