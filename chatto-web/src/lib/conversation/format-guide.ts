/** What can be written and what it becomes, for people to look it up. */
export const FORMAT_GUIDE: readonly string[] = [
  '**bold** and *italic*',
  '~~struck through~~',
  '`code`',
  '[a link](https://example.com)',
  '||a spoiler||',
  '> a quote',
  '- a list\n- of things',
  '1. numbered\n2. things',
  '# A heading',
  '```js\nlet block = "of code";\n```',
  '|a|table|\n|-|-|\n|1|2|',
  '<t:1798761600:D>',
  ':tada:',
];
