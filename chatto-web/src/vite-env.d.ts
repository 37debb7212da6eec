/// <reference types="svelte" />
/// <reference types="vite/client" />

/** All emoji, made from emojibase-data by emoji-data.ts. */
declare module 'virtual:emoji' {
  const rows: import('../emoji-data').EmojiRow[];
  export default rows;
}
