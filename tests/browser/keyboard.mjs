// One person's work by keyboard alone: signs in, jumps to the page itself, mends a form, registers, searches, opens a
// hit. After every key that moves the focus the place is seen. Knows the forms' names; touches no mouse and no fill().

import { openContext, openPage } from './visit.mjs';

/** Most presses of Tab on the way to anything: more means that nobody gets there. */
const FAR = 150;

/** A word that stands in no other paper. */
const WORD = 'zebrafinch';
/** And one of the letter that is dropped. */
const DROPPED = 'sandgrouse';

/** What has the focus: what it is, where it leads, whether it is seen and marked. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    // A radio or a tick may be drawn by the label around it.
    const drawn = [element, element.closest('label')].filter(Boolean).map((e) => getComputedStyle(e));
    const box = element.getBoundingClientRect();
    return {
      what: `${element.localName}${element.id ? `#${element.id}` : ''}${element.name ? `[name=${element.name}]` : ''}`,
      value: element.value ?? '',
      seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      marked: drawn.some((style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none'),
    };
  });

const has = (page, selector) => page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);

/** Whether something has the focus soon: a browser gives it to a field that asks for it a moment after the page is there. */
const comes = (page, selector) =>
  page
    .waitForFunction((s) => document.activeElement?.matches(s) ?? false, selector, { timeout: 2_000 })
    .then(() => true)
    .catch(() => false);

/** A press that leads to another page. */
async function leads(page, key) {
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press(key)]);
}

/** Tab until something has the focus; each stop must be seen. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < FAR; pressed += 1) {
    if (await has(page, selector)) return;
    await page.keyboard.press('Tab');
    const at = await focused(page);
    // Beyond the last element the focus is the browser's own.
    if (at && !(at.seen && at.marked)) throw new Error(`on the way to ${selector} the focus is not ${at.seen ? 'marked' : 'seen'} at ${at.what}`);
  }
  throw new Error(`${selector} is not reached within ${FAR} presses of Tab`);
}

async function types(page, selector, text) {
  await tabTo(page, selector);
  await page.keyboard.type(text);
}

/** Goes down a list until it has the wanted value, or any when none is wanted. */
async function chooses(page, selector, wanted = null) {
  await tabTo(page, selector);
  for (let pressed = 0; pressed < 40; pressed += 1) {
    const { value } = await focused(page);
    if (wanted ? value === wanted : value !== '') return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${selector} does not come to ${wanted ?? 'anything'} by arrow keys`);
}

const must = (fact, words) => {
  if (!fact) throw new Error(words);
};

/** A letter as it lies on a desk of paper, in the words that its reading looks for. */
const LETTER = `NATO CONFIDENTIAL

Delegation of Norway to the Military Committee
Reference: NOR/LOG/2026/117
10 March 2026

To: Head of the Registry
Subject: Sealift for the exercise ${DROPPED}

1. Ships are offered for the weeks of the exercise.

NATO CONFIDENTIAL
`;

/** How long a newcomer looks before each key, and how long a letter that he types takes him (milliseconds). */
const LOOKS = 600;
const TYPES = 200;
/** What a newcomer may need from the desk to the registered letter (milliseconds). */
const ALLOWED = 20_000;

/** Presses as somebody does who looks first. */
const slowly = async (page, key, how = (k) => page.keyboard.press(k)) => {
  await page.waitForTimeout(LOOKS);
  await how(key);
};

/** What is done, in order; each step stands on the one before. */
const STEPS = [
  ['signs in', async (page, origin, person) => {
    await page.goto(`${origin}/sign-in`, { waitUntil: 'load' });
    must(await comes(page, 'input[name="login"]'), 'the first field has not the focus');
    await page.keyboard.type(person.login);
    await types(page, 'input[name="password"]', 'not the password');
    await leads(page, 'Enter');
    must(await comes(page, 'input[name="password"]'), 'after a wrong password the cursor does not stand where typing goes on');
    await page.keyboard.type(person.password);
    await leads(page, 'Enter');
    must(new URL(page.url()).pathname === '/desk', `is at ${page.url()}`);
  }],
  ['skips to the page itself', async (page, origin) => {
    await page.goto(`${origin}/register`, { waitUntil: 'load' });
    await page.keyboard.press('Tab');
    must(await has(page, 'a.skip'), 'the first stop is not the skip link');
    const at = await focused(page);
    must(at.seen && at.marked, 'the skip link is not seen when it has the focus');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    must(await has(page, 'main *'), 'after it the next stop is not in the page itself');
  }],
  ['walks the register with the focus seen', async (page, origin) => {
    await page.goto(`${origin}/register`, { waitUntil: 'load' });
    await tabTo(page, 'main table tbody a');
    await page.keyboard.press('j');
    must(await has(page, 'main table tbody tr:nth-child(2) a'), 'j does not go to the next row');
  }],
  ['is led from an error to its field', async (page) => {
    await leads(page, 'n');
    await tabTo(page, 'select[name="registry"]');
    await leads(page, 'Control+Enter');
    must(await has(page, '#errors'), `after an error the focus is at ${(await focused(page))?.what}`);
    await tabTo(page, '#errors a[href="#field-subject"]');
    await page.keyboard.press('Enter');
    must(await has(page, '#field-subject'), 'the line of the summary does not lead to its field');
  }],
  ['registers', async (page) => {
    await page.keyboard.type(`Keyboard exercise ${WORD}`);
    await chooses(page, 'select[name="language"]', 'en');
    await chooses(page, 'select[name="level"]');
    await chooses(page, 'select[name="registry"]', 'HQR');
    await chooses(page, 'select[name="kind"]');
    await tabTo(page, 'input[name="direction"]');
    await page.keyboard.press('Space');
    await types(page, 'input[name="held_elsewhere"]', 'on paper, safe 4');
    await leads(page, 'Control+Enter');
    must(page.url().includes('/documents/'), `is at ${page.url()}: ${await page.locator('main').innerText()}`);
  }],
  ['brings two files at once to the in-tray', async (page, origin) => {
    await page.goto(`${origin}/tray`, { waitUntil: 'load' });
    // What a file dialogue does is the browser's own; everything after it is the page's.
    const files = [
      { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from(LETTER) },
      { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    ];
    await page.locator('[data-bring] input[name="content"]').setInputFiles(files);
    await page.locator('[data-bring] input[name="content"]').focus();
    await tabTo(page, '[data-bring] button[type="submit"]');
    await page.keyboard.press('Enter');
    await page.locator('[data-bringing] a.button').waitFor();
    const said = await page.locator('[data-bringing]').innerText();
    must(said.includes('2 of 2') && said.includes('empty.txt') && !said.includes('letter.txt'), `says ${said}`);
  }],
  ['registers a dropped letter as a newcomer does', async (page, origin) => {
    await page.goto(`${origin}/desk`, { waitUntil: 'load' });
    const began = Date.now();
    // The desk says that something waits; the row is the first.
    await slowly(page, 'j');
    await slowly(page, 'Enter', (key) => leads(page, key));
    must(new URL(page.url()).pathname === '/tray', `the first row of the desk leads to ${page.url()}`);
    for (let row = 0; row < 10; row += 1) {
      await slowly(page, 'j');
      if (await page.evaluate((word) => document.activeElement.textContent.includes(word), DROPPED)) break;
    }
    await slowly(page, 'Enter', (key) => leads(page, key));
    const empty = await page.evaluate(() =>
      ['registry', 'kind', 'subject', 'level'].filter((name) => ![...document.querySelectorAll(`main [name="${name}"]`)].some((e) => (e.type === 'radio' ? e.checked : e.value))),
    );
    for (const name of empty) {
      const field = `main [name="${name}"]`;
      await tabTo(page, field);
      const list = await page.evaluate(() => document.activeElement instanceof HTMLSelectElement);
      if (list) await slowly(page, 'ArrowDown');
      else await page.keyboard.type('letter', { delay: TYPES });
    }
    await slowly(page, 'Control+Enter', (key) => leads(page, key));
    must(page.url().includes('/tray?was='), `is at ${page.url()}: ${await page.locator('main').innerText()}`);
    const took = Date.now() - began;
    console.log(`       from the desk to the registered letter: ${(took / 1000).toFixed(1)} s, fields to fill by hand: ${empty.join(', ') || 'none'}`);
    must(took <= ALLOWED, `a newcomer needs ${took} ms`);
  }],
  ['searches and opens the hit', async (page) => {
    await page.keyboard.press('/');
    must(await has(page, '#search'), '/ does not lead to the search');
    await page.keyboard.type(WORD);
    await leads(page, 'Enter');
    await tabTo(page, 'main a[href^="/documents/"]');
    await leads(page, 'Enter');
    must(page.url().includes('/documents/'), `is at ${page.url()}`);
    must((await page.locator('main').innerText()).includes(WORD), 'the document is not the one that was registered');
  }],
];

/** Goes through the steps as a person who registers; stops at the first that fails. */
export async function byKeyboard(browser, origin, axeSource, person, report) {
  const context = await openContext(browser, origin, axeSource);
  const page = await openPage(context);
  try {
    for (const [name, step] of STEPS) {
      page.troubles.length = 0;
      try {
        await step(page, origin, person);
      } catch (error) {
        report(`by keyboard: ${person.login} ${name}`, error.message);
        return;
      }
      const troubles = page.troubles.map((found) => `${found.kind}: ${found.text}`).join('\n    ');
      report(`by keyboard: ${person.login} ${name}`, troubles || null);
    }
  } finally {
    await context.close();
  }
}
