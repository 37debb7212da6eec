import { array, object, oneOf, string, withDefault, type Decoder } from './decode';
import { decodeMessage, type Message } from './types';

/** A name behind an `@` that calls nobody. */
export interface UnreachedMention {
  code: 'unknown-mention' | 'mention-not-in-room' | 'other';
  name: string;
}

/** A message as the server answers its author who has just written it. */
export interface WrittenMessage extends Message {
  warnings?: readonly UnreachedMention[];
}

const decodeWarnings = object({
  warnings: withDefault(
    array(
      object({
        code: oneOf(['unknown-mention', 'mention-not-in-room', 'other'] as const, 'other'),
        name: withDefault(string, ''),
      }),
    ),
    [],
  ),
});

export const decodeWritten: Decoder<WrittenMessage> = (value, path) => ({
  ...decodeMessage(value, path),
  ...decodeWarnings(value, path),
});
