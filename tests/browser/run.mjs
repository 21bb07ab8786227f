// The browser tests' entry: starts the demo, walks people × pages × languages, prints a line a visit and the sums.
// The tables are in pages.mjs, what is looked at in visit.mjs. Ends with 1 when anything was found.
//
//   node run.mjs --chromium FILE --modules FOLDER --self-check
//   node run.mjs --chromium FILE --modules FOLDER --chancery BINARY [--pictures FOLDER] [--only NAME] [--some]

import { spawn } from 'node:child_process';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { atACounter } from './counter.mjs';
import { byKeyboard } from './keyboard.mjs';
import { COUNTER, LANGUAGES, KEYBOARD, languageButton, PAGES, PEOPLE, SIGN_IN } from './pages.mjs';
import { selfCheck } from './self-check.mjs';
import { openContext, openPage, signIn, speak, visit } from './visit.mjs';

/** With `--some`, so many of those who may see a page visit it in the first language; in the others one. */
const SOME = 3;

/** How long the demo may take to make its headquarters and listen, in milliseconds. */
const DEMO_PATIENCE = 180_000;

/** People walk side by side; two, for the machine has two cores. */
const AT_ONCE = 2;

const BROWSER_FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

const { values: options } = parseArgs({
  options: {
    chromium: { type: 'string' },
    modules: { type: 'string' },
    chancery: { type: 'string' },
    pictures: { type: 'string' },
    only: { type: 'string' },
    some: { type: 'boolean', default: false },
    'self-check': { type: 'boolean', default: false },
  },
});

const undo = [];
let ending = null;

/** Undoes what was started, last first, once, however it comes to the end. */
function end(code) {
  ending ??= (async () => {
    for (const step of undo.reverse()) await step().catch((error) => console.error(`cleaning up: ${error.message}`));
    process.exit(code);
  })();
  return ending;
}

// The caller holds the other end of standard input: when it goes, so does everything started here.
process.stdin.on('end', () => end(1)).on('error', () => {}).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(1));

const tally = { passed: 0, failed: 0 };

function report(name, trouble) {
  // What breaks because the run is being ended is no finding.
  if (ending) return;
  tally[trouble ? 'failed' : 'passed'] += 1;
  console.log(trouble ? `FAILED ${name}\n    ${trouble}` : `ok     ${name}`);
}

async function freePort() {
  const server = net.createServer();
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Starts the demo in a temporary folder; its origin once it has said that it listens. */
async function startDemo(binary) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chancery-demo-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(binary, ['demo', path.join(folder, 'headquarters'), '--listen', address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  undo.push(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  });
  let said = '';
  const ready = new Promise((listening) => {
    child.stdout.on('data', (part) => {
      if (said.length < 100_000) said += part;
      if (said.includes(`http://${address}`)) listening(true);
    });
  });
  const patience = new Promise((late) => setTimeout(() => late(false), DEMO_PATIENCE).unref());
  if ((await Promise.race([ready, patience, ended.then(() => false)])) !== true) {
    throw new Error(`the demo did not say that it listens on http://${address}; it said: ${said.trim() || 'nothing'}`);
  }
  return `http://${address}`;
}

/** The people that the first page offers, those of the table if it names any. */
async function findPeople(context, origin) {
  const page = await openPage(context);
  await page.goto(`${origin}/`, { waitUntil: 'load' });
  const offered = await page.$$eval('[data-login][data-password]', (elements) =>
    elements.map((element) => ({ login: element.dataset.login, password: element.dataset.password })),
  );
  await page.close();
  const unique = [...new Map(offered.map((person) => [person.login, person])).values()];
  const chosen = PEOPLE.length > 0 ? unique.filter((person) => PEOPLE.includes(person.login)) : unique;
  if (chosen.length === 0 || chosen.length < PEOPLE.length) {
    throw new Error(`the first page offers ${unique.length} people by data-login and data-password: ${unique.map((person) => person.login)}`);
  }
  return chosen;
}

/** What this person's visit to this page may answer. */
function expected(page, login) {
  if (Array.isArray(page.who) && !page.who.includes(login)) return [403, 404];
  return [page.status ?? 200];
}

/**
 * Whether this person visits this page in this language: always, or with `--some` when the turn is his. Of those who are
 * refused one visits it. Whose turn it is goes round from page to page, so that everybody sees something of everything.
 */
function visits(place, page, person, language, people) {
  if (!options.some || !person) return true;
  const shown = people.filter(({ login }) => !Array.isArray(page.who) || page.who.includes(login));
  const among = shown.includes(person) ? shown : people.filter((one) => !shown.includes(one));
  const first = language === LANGUAGES[0];
  const turns = among === shown ? (first ? SOME : 1) : first ? 1 : 0;
  return (among.indexOf(person) + place) % among.length < turns;
}

/** Where the link leads that a page is found by; null: there is none. Asked once by each person. */
async function led(tab, origin, page, found) {
  const key = `${page.path} ${page.find}`;
  if (!found.has(key)) {
    await tab.goto(origin + page.path, { waitUntil: 'load' });
    const link = tab.locator(page.find).first();
    const href = (await link.count()) === 0 ? null : await link.getAttribute('href');
    found.set(key, href && { href, from: tab.url() });
  }
  const at = found.get(key);
  return at && new URL(at.href + (page.then ?? ''), at.from).href;
}

/** `known`: what this person found and was refused before. */
async function visitOne(tab, origin, page, login, language, known) {
  const name = `${page.name}-${login}-${language}`;
  const address = page.find ? await led(tab, origin, page, known.found) : origin + page.path;
  if (!address) {
    report(name, page.found?.includes(login) ? `no ${page.find} on ${page.path}` : null);
    return;
  }
  const pictures = options.pictures ? { folder: options.pictures, name } : null;
  const statuses = expected(page, login);
  const looked = { statuses, language, pictures, looked: known.looked, dark: language === LANGUAGES[0] };
  const troubles = await visit(tab, address, looked);
  report(name, troubles.map((found) => `${found.kind}: ${found.text}`).join('\n    ') || null);
}

/** One person's walk through all pages, or nobody's through those for nobody. */
async function walk(browser, origin, axeSource, person, people) {
  const context = await openContext(browser, origin, axeSource);
  const tab = await openPage(context);
  const login = person?.login ?? 'nobody';
  try {
    if (person) {
      const refused = await signIn(tab, origin + SIGN_IN, person);
      report(`signing in as ${login}`, refused);
      if (refused) return;
    }
    const pages = PAGES.filter((page) => (page.who === 'nobody') === !person && (!options.only || page.name.includes(options.only)));
    // Nobody has no desk: the language is changed where the front door is.
    const start = origin + (person ? '/' : SIGN_IN);
    const known = { found: new Map(), looked: new Set() };
    for (const language of LANGUAGES) {
      report(`${login} changes to ${language}`, await speak(tab, start, language, languageButton(language)));
      for (const [place, page] of pages.entries()) {
        if (!visits(place, page, person, language, people)) continue;
        try {
          await visitOne(tab, origin, page, login, language, known);
        } catch (error) {
          report(`${page.name}-${login}-${language}`, error.message);
        }
      }
    }
  } finally {
    await context.close();
  }
}

async function everyPage(browser, axeSource) {
  const origin = await startDemo(options.chancery);
  const context = await openContext(browser, origin, axeSource);
  const people = await findPeople(context, origin);
  const waiting = [null, ...people];
  await context.close();
  const walker = async () => {
    while (waiting.length > 0) await walk(browser, origin, axeSource, waiting.shift(), people);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, walker));
  const typist = people.find((person) => person.login === KEYBOARD);
  if (typist && (!options.only || 'keyboard'.includes(options.only))) {
    await byKeyboard(browser, origin, axeSource, typist, report);
  }
  const atCounter = COUNTER.map((login) => people.find((person) => person.login === login));
  if (atCounter.every(Boolean) && (!options.only || 'counter'.includes(options.only))) {
    await atACounter(browser, origin, axeSource, atCounter, report);
  }
}

async function main() {
  if (!options.chromium || !options.modules || (!options['self-check'] && !options.chancery)) {
    throw new Error('--chromium, --modules and either --self-check or --chancery are needed: run `cargo xtask browser`');
  }
  const require = createRequire(path.join(path.resolve(options.modules), 'package.json'));
  const { chromium } = require('playwright-core');
  const axeSource = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  // A new empty profile each time, removed at the end: what launch() does by itself.
  const browser = await chromium.launch({
    executablePath: options.chromium,
    headless: true,
    args: BROWSER_FLAGS,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  undo.push(() => browser.close());
  if (options['self-check']) await selfCheck(browser, axeSource, report);
  else await everyPage(browser, axeSource);
}

try {
  await main();
} catch (error) {
  report('the run itself', error.stack ?? String(error));
}
if (ending) await ending;
console.log(`\nBrowser: ${tally.passed} passed, ${tally.failed} failed`);
await end(tally.failed > 0 ? 1 : 0);
