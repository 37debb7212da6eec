import { array, boolean, number, object, string, withDefault, type Decoder } from './decode';
import { decodeAuthor, type Author } from './types';

/** A set of people, who can be called together when it is pingable. */
export interface Role {
  id: string;
  displayName: string;
  pingable: boolean;
}

/** A part of those who reacted with an emoji. */
export interface ReactionPeople {
  emoji: string;
  count: number;
  users: Author[];
}

export const decodeRole: Decoder<Role> = object({
  id: string,
  displayName: withDefault(string, ''),
  pingable: withDefault(boolean, false),
});

export const decodeReactionPeople: Decoder<ReactionPeople> = object({
  emoji: string,
  count: number,
  users: array(decodeAuthor),
});
