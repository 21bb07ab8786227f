// One visit to one page: everything that a careful person with the developer tools open would complain about, and
// the pictures. Knows no page of the product and no person.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/** WCAG 2.2 AA, with all that it includes. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What can differ between the light and the dark style sheet. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * A context of the browser, with axe in every page and every request kept to the one origin.
 * Init scripts do not meet the page's content security policy, so the policy stays in force and is tested.
 */
export async function openContext(browser, origin, axeSource) {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } });
  await context.addInitScript({ content: axeSource });
  context.strangers = [];
  await context.route('**/*', (route) => {
    const address = route.request().url();
    if (new URL(address).origin === origin) return route.continue();
    context.strangers.push(address);
    return route.abort();
  });
  context.setDefaultTimeout(20_000);
  return context;
}

/** A page that writes down its own troubles. */
export async function openPage(context) {
  const page = await context.newPage();
  page.troubles = [];
  const trouble = (kind, text) => page.troubles.push({ kind, text });
  page.on('pageerror', (error) => trouble('script error', error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const from = message.location().url;
    // The browser's own line about an answer that `response` below judges.
    if (message.text().startsWith('Failed to load resource') && from) return;
    trouble(`console ${message.type()}`, message.text());
  });
  page.on('requestfailed', (request) => {
    // The tab went on to the next page before this one had all it asked for: an icon, mostly.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
    const stranger = context.strangers.includes(request.url());
    trouble(stranger ? 'request to elsewhere' : 'request failed', `${request.url()} ${request.failure()?.errorText ?? ''}`);
  });
  page.on('response', (response) => {
    const isThePage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    if (response.status() >= 400 && !isThePage) trouble('request refused', `${response.status()} ${response.url()}`);
  });
  return page;
}

/**
 * Visits and returns the troubles: `[{ kind, text }]`, empty when all is well.
 * `statuses`: what the page may answer. `language`: what it must say it is in. `pictures`: folder and name, or none.
 * `looked`: answers that refuse and were looked at, which are one page and are looked at once. `dark`: whether colours
 * are looked at by night too, which is the same in every language.
 */
export async function visit(page, address, { statuses = [200], language = null, pictures = null, looked = null, dark = true } = {}) {
  page.troubles.length = 0;
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  const response = await page.goto(address, { waitUntil: 'load' });
  const status = response?.status() ?? 0;
  if (!statuses.includes(status)) {
    page.troubles.push({ kind: 'status', text: `${status} instead of ${statuses.join(' or ')}` });
  }
  if (language) {
    const said = await page.evaluate(() => document.documentElement.lang);
    if (said.split('-')[0] !== language) page.troubles.push({ kind: 'language', text: `lang="${said}", asked for ${language}` });
  }
  const refusal = status === 403 || status === 404 ? `${status} ${language}` : null;
  if (refusal && looked?.has(refusal)) return [...page.troubles];
  if (refusal) looked?.add(refusal);
  await audit(page, { type: 'tag', values: RULES }, 'light');
  await picture(page, pictures, 'light');

  if (dark || pictures) {
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    await audit(page, { type: 'rule', values: COLOUR_RULES }, 'dark');
    await picture(page, pictures, 'dark');
  }
  if (pictures) {
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    await picture(page, pictures, 'print');
  }
  return [...page.troubles];
}

async function audit(page, runOnly, scheme) {
  const violations = await page.evaluate(async (only) => {
    const result = await globalThis.axe.run(document, { runOnly: only, resultTypes: ['violations'], preload: false });
    return result.violations.map((found) => ({
      id: found.id,
      help: found.help,
      impact: found.impact,
      nodes: found.nodes.slice(0, 3).map((node) => ({ target: node.target.join(' '), why: node.failureSummary })),
      count: found.nodes.length,
    }));
  }, runOnly);
  for (const found of violations) {
    const where = found.nodes.map((node) => `\n      ${node.target}: ${node.why.replaceAll(/\s*\n\s*/g, ' ')}`).join('');
    page.troubles.push({
      kind: `accessibility ${found.id}`,
      text: `${found.help} (${found.impact}, ${scheme}, ${found.count} places)${where}`,
    });
  }
}

async function picture(page, pictures, kind) {
  if (!pictures) return;
  await mkdir(pictures.folder, { recursive: true });
  await page.screenshot({ path: path.join(pictures.folder, `${pictures.name}-${kind}.png`), fullPage: true });
}

/** Signs in by the form; the trouble in words, or null. */
export async function signIn(page, address, person) {
  await page.goto(address, { waitUntil: 'load' });
  await page.fill('input[name="login"]', person.login);
  await page.fill('input[name="password"]', person.password);
  await Promise.all([
    page.waitForNavigation({ waitUntil: 'load' }),
    page.locator('form:has(input[name="password"]) [type="submit"]').first().click(),
  ]);
  const still = await page.locator('input[name="password"]').count();
  return still > 0 ? `${person.login} was not let in (${page.url()})` : null;
}

/** Changes the language by the page's own button, if the page is not in it already; the trouble in words, or null. */
export async function speak(page, address, language, button) {
  // The visit before may have ended on paper, where there are no buttons.
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  await page.goto(address, { waitUntil: 'load' });
  const said = () => page.evaluate(() => document.documentElement.lang.split('-')[0]);
  if ((await said()) === language) return null;
  if ((await page.locator(button).count()) === 0) return `no ${button} on ${page.url()}`;
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.locator(button).first().click()]);
  const now = await said();
  return now === language ? null : `the page says lang="${now}" after ${button} was pressed`;
}
