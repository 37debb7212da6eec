export interface Emoji {
  emoji: string;
  name: string;
}

/** The reactions on offer; the first few are one click away. */
export const EMOJI: readonly Emoji[] = [
  { emoji: '👍', name: 'thumbs up' },
  { emoji: '❤️', name: 'heart' },
  { emoji: '😂', name: 'laughing' },
  { emoji: '🎉', name: 'party' },
  { emoji: '🚀', name: 'rocket' },
  { emoji: '👀', name: 'eyes' },
  { emoji: '✅', name: 'done' },
  { emoji: '🙏', name: 'thank you' },
  { emoji: '🔥', name: 'fire' },
  { emoji: '💯', name: 'hundred' },
  { emoji: '👏', name: 'applause' },
  { emoji: '🙌', name: 'hooray' },
  { emoji: '😍', name: 'in love' },
  { emoji: '😄', name: 'smile' },
  { emoji: '🤔', name: 'thinking' },
  { emoji: '😮', name: 'surprised' },
  { emoji: '😢', name: 'sad' },
  { emoji: '😅', name: 'phew' },
  { emoji: '👋', name: 'wave' },
  { emoji: '💡', name: 'idea' },
  { emoji: '☕', name: 'coffee' },
  { emoji: '🐛', name: 'bug' },
  { emoji: '➕', name: 'plus one' },
  { emoji: '👎', name: 'thumbs down' },
];

export const QUICK_EMOJI = EMOJI.slice(0, 3);
