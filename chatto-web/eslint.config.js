import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** What a folder of components may not import: `shared` knows no domain, domains do not know each other or the views. */
const DOMAINS = ['session', 'room', 'conversation', 'navigation'];

function forbid(files, root, folders, message) {
    const regex = `^${root.replaceAll('.', '\\.')}(?:${folders.join('|')})/`;
    return { files, rules: { 'no-restricted-imports': ['error', { patterns: [{ regex, message }] }] } };
}

export default ts.config(
    { ignores: ['target/', 'node_modules/'] },
    js.configs.recommended,
    ts.configs.strictTypeChecked,
    svelte.configs.recommended,
    {
        languageOptions: {
            globals: globals.browser,
            parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
        },
        rules: {
            eqeqeq: 'error',
            'max-lines': ['error', 400],
            '@typescript-eslint/return-await': ['error', 'always'],
            '@typescript-eslint/switch-exhaustiveness-check': 'error',
            '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
            '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
            // An effect or a derived value names what it depends on by reading it.
            '@typescript-eslint/no-meaningless-void-operator': 'off',
            // Collections that nothing on the screen depends on are plain on purpose.
            'svelte/prefer-svelte-reactivity': 'off',
            // Components carry notes for the Svelte compiler that ESLint's plugin does not evaluate.
            'svelte/no-unused-svelte-ignore': 'off',
            // A link of the application is a path that the router takes over; there is no SvelteKit here to resolve it.
            'svelte/no-navigation-without-resolve': 'off',
        },
    },
    {
        files: ['**/*.svelte', '**/*.svelte.ts'],
        languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    },
    {
        files: ['**/*.js', '**/*.mjs'],
        ...ts.configs.disableTypeChecked,
        languageOptions: {
            ...ts.configs.disableTypeChecked.languageOptions,
            globals: { ...globals.node, ...globals.browser },
        },
    },
    {
        // typescript-eslint sees what comes from a component as `any`; svelte-check knows its type and checks it.
        files: ['**/*.svelte'],
        rules: {
            '@typescript-eslint/no-unsafe-argument': 'off',
            '@typescript-eslint/no-unsafe-assignment': 'off',
            '@typescript-eslint/no-unsafe-call': 'off',
            '@typescript-eslint/no-unsafe-member-access': 'off',
            '@typescript-eslint/no-unsafe-return': 'off',
        },
    },
    forbid(['src/lib/**'], '../../', ['shared', ...DOMAINS, 'views'], 'lib holds logic, not components'),
    forbid(['src/shared/**'], '../', [...DOMAINS, 'views'], 'shared components know no domain'),
    forbid(['src/files/**'], '../', [...DOMAINS, 'views'], 'files are shown by all domains and know none'),
    ...DOMAINS.map((domain) =>
        forbid(
            [`src/${domain}/**`],
            '../',
            [...DOMAINS.filter((other) => other !== domain), 'views'],
            'a domain imports neither another domain nor a view',
        ),
    ),
);
