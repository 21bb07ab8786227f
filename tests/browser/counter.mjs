// A shared counter: one browser, two people. The second opens with a passkey, the first with a password; what the first had
// typed waits for him alone, and what he had open in another tab is covered meanwhile. Each change of user is timed.

import { openContext, openPage } from './visit.mjs';

/** What a change of user may take, from the key to the other's page (milliseconds). */
const ALLOWED = 2_000;
const TYPED = 'Half typed: stocks of the winter';

const must = (fact, words) => {
  if (!fact) throw new Error(words);
};

/** A device in this machine that answers for whoever sits here. */
async function withDevice(page) {
  const line = await page.context().newCDPSession(page);
  await line.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  await line.send('WebAuthn.addVirtualAuthenticator', { options });
}

async function signIn(page, origin, person) {
  await page.goto(`${origin}/sign-in`);
  await page.fill('input[name=login]', person.login);
  await page.fill('input[name=password]', person.password);
  await page.click('main button[type=submit]');
  await page.waitForSelector('.rail .name');
}

async function addsAPasskey(page, origin, person) {
  await signIn(page, origin, person);
  await page.goto(`${origin}/account`);
  await page.fill('[name=passkey_name]', 'This computer');
  await page.press('[name=passkey_name]', 'Enter');
  await page.click('button[data-options]');
  await page.waitForURL('**/account?done=passkey-added');
  must((await page.locator('main').innerText()).includes('This computer'), 'the passkey is not listed');
  await page.click('form[action="/sign-out"] button');
  await page.waitForLoadState();
}

/** Changes the user over the page; how long it took, from the key to the other's page. */
async function changes(page, act) {
  const began = Date.now();
  await page.keyboard.press('Alt+Shift+U');
  await page.waitForSelector('dialog.change[open]');
  await act();
  await page.waitForFunction(() => !document.querySelector('dialog.change') && document.readyState === 'complete' && document.querySelector('main h1'));
  return Date.now() - began;
}

async function atTheCounter(context, origin, first, second, report) {
  const page = await openPage(context);
  await withDevice(page);
  await addsAPasskey(page, origin, second);
  report(`at the counter: ${second.login} adds a passkey`, null);

  await signIn(page, origin, first);
  const other = await openPage(context);
  await other.goto(`${origin}/register`);
  await page.bringToFront();
  await page.goto(`${origin}/register/new`);
  await page.fill('#field-subject', TYPED);
  const there = await changes(page, () => page.click('dialog.change button[data-passkey]'));
  must((await page.locator('.rail .name').getAttribute('href')) !== '', 'nobody is signed in');
  await other.waitForSelector('dialog.taken[open]');
  must(!(await other.locator('main').isVisible()) || (await other.evaluate(() => document.elementFromPoint(400, 300)?.closest('main') === null)), 'the first one’s page is not covered');
  await page.goto(`${origin}/register/new`);
  must((await page.inputValue('#field-subject')) === '', 'the second sees what the first typed');
  report(`at the counter: by passkey in ${there} ms`, there < ALLOWED ? null : `more than ${ALLOWED} ms`);

  const back = await changes(page, async () => {
    await page.keyboard.type(first.login);
    await page.keyboard.press('Tab');
    await page.keyboard.type(first.password);
    await page.keyboard.press('Enter');
  });
  await page.waitForFunction((typed) => document.querySelector('#field-subject')?.value === typed, TYPED);
  await other.waitForSelector('dialog.taken:not([open])', { state: 'attached' });
  report(`at the counter: by password in ${back} ms, and what was typed is back`, back < ALLOWED ? null : `more than ${ALLOWED} ms`);
  return [...page.troubles, ...other.troubles];
}

export async function atACounter(browser, origin, axeSource, people, report) {
  // Browsers bind a passkey to a name, never to a number.
  const named = origin.replace('127.0.0.1', 'localhost');
  const context = await openContext(browser, named, axeSource);
  try {
    const troubles = await atTheCounter(context, named, ...people, report);
    report('at the counter: no page complains', troubles.map((found) => `${found.kind}: ${found.text}`).join('\n    ') || null);
  } catch (error) {
    report('at the counter', error.message);
  } finally {
    await context.close();
  }
}
