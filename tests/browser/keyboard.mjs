// One person's work by keyboard alone: signs in, jumps to the page itself, mends a form, registers, searches, opens a
// hit. After every key that moves the focus the place is seen. Knows the forms' names; touches no mouse and no fill().

import { openContext, openPage } from './visit.mjs';

/** Most presses of Tab on the way to anything: more means that nobody gets there. */
const FAR = 150;

/** A word that stands in no other paper. */
const WORD = 'zebrafinch';

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

/** What is done, in order; each step stands on the one before. */
const STEPS = [
  ['signs in', async (page, origin, person) => {
    await page.goto(`${origin}/sign-in`, { waitUntil: 'load' });
    must(await has(page, 'input[name="login"]'), 'the first field has not the focus');
    await page.keyboard.type(person.login);
    await types(page, 'input[name="password"]', 'not the password');
    await leads(page, 'Enter');
    must(await has(page, 'input[name="password"]'), 'after a wrong password the cursor does not stand where typing goes on');
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
