import type { RendererRule, StateCore, Token } from 'markdown-it';
import { languageLabel } from './languages';

const MOST_COLUMNS = 64;
const MOST_ROWS = 256;
const MOST_CELLS = 4_096;
const MOST_CELLS_OF_A_MESSAGE = 8_192;

const LANGUAGE = /^[\w+#.-]{1,32}/u;
const COPY = '<button type="button" class="copy" aria-label="Copy code" title="Copy code"></button>';

/** A table beyond the limits is shown as it was written. */
export function limitTables(state: StateCore): void {
  const kept: Token[] = [];
  let cells = 0;
  for (let index = 0; index < state.tokens.length; index += 1) {
    const token = state.tokens[index];
    if (token === undefined) continue;
    if (token.type !== 'table_open') {
      kept.push(token);
      continue;
    }
    const end = state.tokens.findIndex((other, at) => at > index && other.type === 'table_close');
    const table = state.tokens.slice(index, end + 1);
    const size = sizeOf(table);
    if (size.fits && cells + size.cells <= MOST_CELLS_OF_A_MESSAGE) {
      cells += size.cells;
      kept.push(...table);
    } else {
      kept.push(asWritten(state, token));
    }
    index = end;
  }
  state.tokens = kept;
}

function sizeOf(table: readonly Token[]): { cells: number; fits: boolean } {
  const count = (type: string): number => table.filter((token) => token.type === type).length;
  const columns = count('th_open');
  const rows = count('tr_open');
  const cells = columns + count('td_open');
  return { cells, fits: columns <= MOST_COLUMNS && rows <= MOST_ROWS && cells <= MOST_CELLS };
}

function asWritten(state: StateCore, table: Token): Token {
  const code = new state.Token('code_block', 'code', 0);
  const [from, to] = table.map ?? [0, 0];
  code.content = state.src.split('\n').slice(from, to).join('\n');
  code.block = true;
  return code;
}

/** The alignment of a column is a class: inline styles are forbidden. */
export const alignment: RendererRule = (tokens, index) => {
  const token = tokens[index];
  const align = /(?:center|right)/u.exec(String(token?.attrGet('style') ?? ''))?.[0];
  return align === undefined ? `<${token?.tag ?? 'td'}>` : `<${token?.tag ?? 'td'} class="${align}">`;
};

/** A block of code with its language's name and a button that copies it. */
export function codeBlock(escape: (text: string) => string): RendererRule {
  return (tokens, index) => {
    const token = tokens[index];
    const language = LANGUAGE.exec(token?.info.trim() ?? '')?.[0].toLowerCase();
    const label =
      language === undefined ? '' : `<span class="language">${escape(languageLabel(language))}</span>`;
    const kind = language === undefined ? '' : ` class="language-${escape(language)}"`;
    const code = `<pre><code${kind}>${escape(token?.content ?? '')}</code></pre>`;
    return `<div class="code">${label}${COPY}${code}</div>\n`;
  };
}
