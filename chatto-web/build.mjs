// What Maven runs: installs, builds and checks the client, and skips each step whose inputs are the same as last time.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCK = ['package.json', 'package-lock.json', '.npmrc'];
const BUILD = [
    ...LOCK,
    'index.html',
    'vite.config.ts',
    'emoji-data.ts',
    'svelte.config.js',
    'tsconfig.json',
    'public',
    'src',
];
const CHECK = [...BUILD, 'eslint.config.js', '.prettierrc.json', 'README.md', 'build.mjs'];

const STEPS = {
    install: {
        inputs: LOCK,
        output: 'node_modules/.package-lock.json',
        npm: ['ci', '--no-audit', '--no-fund'],
    },
    build: { inputs: BUILD, output: 'target/web/index.html', npm: ['run', 'build'] },
    check: { inputs: CHECK, output: 'package.json', npm: ['run', 'check'] },
};

function filesOf(path) {
    const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    return entries.flatMap((entry) =>
        entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)],
    );
}

function digest(inputs) {
    const hash = createHash('sha256').update(process.version);
    for (const input of inputs) {
        const files = statSync(input).isDirectory() ? filesOf(input) : [input];
        for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
    }
    return hash.digest('hex');
}

function run(name) {
    const { inputs, output, npm } = STEPS[name];
    const stamp = `target/${name}.sha256`;
    const wanted = digest(inputs);
    if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
    const result = spawnSync('npm', npm, { stdio: 'inherit', shell: process.platform === 'win32' });
    if (result.error !== undefined) console.error(`npm could not be started: ${result.error.message}`);
    if (result.status !== 0) process.exit(result.status ?? 1);
    mkdirSync('target', { recursive: true });
    writeFileSync(stamp, wanted);
}

for (const step of process.argv.slice(2)) run(step);
