import type { ChattoApi, Line } from '../api/client';
import { ApiError, describeError } from '../api/error';
import type { Message, Reaction } from '../api/types';
import type { Toasts } from '../support/toasts.svelte';
import type { Timelines } from './timelines';
import { tellUnreached } from './unreached';

/** What people do to messages that are already there. Faults are told as toasts, except where a form is open. */
export class MessageActions {
  constructor(
    private readonly api: ChattoApi,
    private readonly timelines: Timelines,
    private readonly toasts: Toasts,
  ) {}

  /** Sets or takes back a reaction: shown at once, put right by the server's answer. */
  async react(message: Message, emoji: string): Promise<void> {
    const on = message.reactions.find((reaction) => reaction.emoji === emoji)?.mine !== true;
    this.timelines.accept({ ...message, reactions: toggled(message.reactions, emoji, on) });
    try {
      this.timelines.accept(await this.api.react(lineOf(message), message.ordinal, emoji, on));
    } catch (error) {
      this.timelines.accept(message);
      this.toasts.error(describeError(error));
    }
  }

  async pin(message: Message, on: boolean): Promise<void> {
    try {
      this.timelines.accept(await this.api.pin(lineOf(message), message.ordinal, on));
      this.toasts.success(on ? 'Pinned to the room.' : 'No longer pinned.');
    } catch (error) {
      this.toasts.error(describeError(error));
    }
  }

  /** Follows the thread under a message, or no longer; shown at once, put right when the server refuses. */
  async follow(root: Message, on: boolean): Promise<void> {
    if (root.thread === undefined) return;
    this.timelines.accept({ ...root, thread: { ...root.thread, following: on } });
    try {
      await this.api.follow(root.roomId, root.ordinal, on);
    } catch (error) {
      this.timelines.accept(root);
      this.toasts.error(describeError(error));
    }
  }

  /** Throws when the server refuses, so that the dialog stays open. */
  async forward(message: Message, roomId: string, body: string, key: string): Promise<Message> {
    const { ordinal, threadRoot } = message;
    const forward = { roomId: message.roomId, ordinal, threadRoot };
    const line = { roomId, threadRoot: undefined };
    const posted = await this.api.post(line, body, key, { forward });
    tellUnreached(this.toasts, posted);
    return posted;
  }

  /** Throws when the server refuses, so that the editor stays open with the text. */
  async edit(message: Message, body: string): Promise<void> {
    const edited = await this.api.edit(lineOf(message), message.ordinal, body);
    this.timelines.accept(edited);
    tellUnreached(this.toasts, edited);
  }

  async remove(message: Message): Promise<void> {
    const line = lineOf(message);
    try {
      await this.api.remove(line, message.ordinal);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) {
        this.toasts.error(describeError(error));
        return;
      }
    }
    const deletedAt = message.deletedAt ?? message.createdAt;
    this.timelines.accept({ ...message, body: '', attachments: [], reactions: [], deletedAt });
  }
}

export function lineOf(message: Message): Line {
  return { roomId: message.roomId, threadRoot: message.threadRoot };
}

export function toggled(reactions: readonly Reaction[], emoji: string, on: boolean): Reaction[] {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if (known === undefined) return on ? [...reactions, { emoji, count: 1, mine: true }] : [...reactions];
  const count = known.count + (on ? 1 : -1);
  return reactions
    .map((reaction) => (reaction === known ? { emoji, count, mine: on } : reaction))
    .filter((reaction) => reaction.count > 0);
}
