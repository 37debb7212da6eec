import type { ChattoApi } from '../api/client';
import type { Author } from '../api/types';
import type { CompletionSource, Suggestion } from './completion';

const MOST = 8;

/** In a room of at least this many, whoever calls them all is asked once more. */
export const MANY = 10;

const GROUPS = [
  { name: 'all', note: 'Everyone in the room' },
  { name: 'here', note: 'Everyone in the room who is there' },
] as const;

const CODE = /```[\s\S]*?(?:```|(?![\s\S]))|(?<fence>`+)[^`][\s\S]*?\k<fence>(?!`)|^ {0,3}>.*$/gmu;
const WIDE = /(?<![\p{L}\p{N}_@/.])@(?<name>all|here)(?![\p{L}\p{N}_-])/giu;

/** The words that call everybody, outside of code and quotes; a hint for the writer, the server decides. */
export function wideMentions(text: string): string[] {
  const names = [...text.replaceAll(CODE, ' ').matchAll(WIDE)].map((match) =>
    (match.groups?.['name'] ?? '').toLowerCase(),
  );
  return [...new Set(names)];
}

/** Completes `@an` to a person, a role that can be called, or everybody. */
export function mentionCompletion(api: Pick<ChattoApi, 'people' | 'roles'>): CompletionSource {
  return {
    trigger: '@',
    label: 'People and roles',
    minimum: 0,
    query: /[\w.-]/u,
    find: async (query) => {
      const text = query.toLowerCase();
      const [people, roles] = await Promise.all([
        api.people(query, MOST).catch(() => []),
        api.roles().catch(() => []),
      ]);
      return [
        ...people.map((person) => suggestPerson(person)),
        ...roles.filter(({ id, pingable }) => pingable && id.startsWith(text)).map(suggestRole),
        ...GROUPS.filter(({ name }) => name.startsWith(text)).map(suggestGroup),
      ];
    },
  };
}

function suggestPerson(person: Author): Suggestion {
  return {
    key: person.id,
    lead: { kind: 'person', person },
    label: person.displayName,
    note: `@${person.login}`,
    insert: `@${person.login}`,
  };
}

function suggestRole({ id, displayName }: { id: string; displayName: string }): Suggestion {
  return {
    key: `role-${id}`,
    lead: { kind: 'sign', sign: '@' },
    label: `@${id}`,
    note: displayName,
    insert: `@${id}`,
  };
}

function suggestGroup({ name, note }: (typeof GROUPS)[number]): Suggestion {
  return {
    key: `group-${name}`,
    lead: { kind: 'sign', sign: '@' },
    label: `@${name}`,
    note,
    insert: `@${name}`,
  };
}
