import type { StateCore, Token } from 'markdown-it';
import type { Mentions } from '../api/types';
import type { Hours } from '../support/time';

/** What a name between colons stands for: a character, or a picture of this server's own. */
export type NamedEmoji = { kind: 'text'; text: string } | { kind: 'image'; url: string };

/** What is known of the names in a text. */
export interface ChipContext {
  /** Whom the server found mentioned; other names stay text. */
  mentions?: Mentions | undefined;
  /** Who reads: mentions of them stand out. */
  viewer?: { id: string; roles: readonly string[] } | undefined;
  emoji?: ((name: string) => NamedEmoji | undefined) | undefined;
  /** How the reader counts hours. */
  hours?: Hours | undefined;
}

const NAMES =
  /(?<![\p{L}\p{N}_@/.])@(?<login>[A-Za-z0-9][A-Za-z0-9._-]{0,63})|(?<![\p{L}\p{N}]):(?<emoji>[a-z0-9_+-]{1,64}):/gu;

/** Makes chips of mentions and pictures of named emoji, in text only: not in code, links or, for mentions, quotes. */
export function chips(state: StateCore): void {
  const context = (state.env as { chips?: ChipContext }).chips ?? {};
  if (context.mentions === undefined && context.emoji === undefined) return;
  let quotes = 0;
  for (const token of state.tokens) {
    if (token.type === 'blockquote_open') quotes += 1;
    else if (token.type === 'blockquote_close') quotes -= 1;
    else if (token.type === 'inline' && token.children !== null)
      token.children = withChips(
        state,
        token.children,
        quotes > 0 ? { ...context, mentions: undefined } : context,
      );
  }
}

function withChips(state: StateCore, tokens: readonly Token[], context: ChipContext): Token[] {
  let links = 0;
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') links += 1;
    else if (token.type === 'link_close') links -= 1;
    return token.type === 'text' && links === 0 ? split(state, token, context) : [token];
  });
}

function split(state: StateCore, token: Token, context: ChipContext): Token[] {
  const parts: Token[] = [];
  let done = 0;
  for (const match of token.content.matchAll(NAMES)) {
    const chip = chipOf(state, match.groups ?? {}, context);
    if (chip === undefined) continue;
    const end = match.index + chip.length;
    parts.push(text(state, token.content.slice(done, match.index)), ...chip.tokens);
    done = end;
  }
  return done === 0 ? [token] : [...parts, text(state, token.content.slice(done))];
}

interface Chip {
  /** How much of the text it takes the place of. */
  length: number;
  tokens: Token[];
}

function chipOf(
  state: StateCore,
  { login, emoji }: Partial<Record<string, string>>,
  context: ChipContext,
): Chip | undefined {
  if (emoji !== undefined) {
    const found = context.emoji?.(emoji);
    return found === undefined
      ? undefined
      : { length: emoji.length + 2, tokens: [emojiToken(state, emoji, found)] };
  }
  if (login === undefined || context.mentions === undefined) return undefined;
  // "Ask @ann." ends a sentence, where a name may itself contain dots.
  for (const name of [login, login.replace(/[._-]+$/u, '')]) {
    const kind = kindOf(name.toLowerCase(), context.mentions, context.viewer);
    if (kind !== undefined) return { length: name.length + 1, tokens: mention(state, `@${name}`, kind) };
  }
  return undefined;
}

interface MentionKind {
  own: boolean;
  title: string;
}

function kindOf(name: string, mentions: Mentions, viewer: ChipContext['viewer']): MentionKind | undefined {
  const user = mentions.users.find(({ login }) => login.toLowerCase() === name);
  if (user !== undefined) return { own: user.id === viewer?.id, title: user.displayName };
  const role = mentions.roles.find(({ id }) => id.toLowerCase() === name);
  if (role !== undefined) return { own: viewer?.roles.includes(role.id) === true, title: role.displayName };
  if (name === 'here' && mentions.here) return { own: true, title: 'Everybody here who is online' };
  if (name === 'all' && mentions.all) return { own: true, title: 'Everybody in this room' };
  return undefined;
}

function mention(state: StateCore, name: string, { own, title }: MentionKind): Token[] {
  const open = new state.Token('mention_open', 'span', 1);
  open.attrs = [
    ['class', own ? 'mention own' : 'mention'],
    ['title', title],
  ];
  return [open, text(state, name), new state.Token('mention_close', 'span', -1)];
}

function emojiToken(state: StateCore, name: string, emoji: NamedEmoji): Token {
  if (emoji.kind === 'text') return text(state, emoji.text);
  const image = new state.Token('emoji', 'img', 0);
  image.attrs = [
    ['class', 'emoji'],
    ['src', emoji.url],
    ['alt', `:${name}:`],
    ['title', `:${name}:`],
  ];
  return image;
}

function text(state: StateCore, content: string): Token {
  const token = new state.Token('text', '', 0);
  token.content = content;
  return token;
}
