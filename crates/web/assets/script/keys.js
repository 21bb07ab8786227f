// Keys and comfort for every page: shortcuts, the palette of actions, moving through rows, choosing many, dropping a
// file or a folder of them, a change of the user, and a warning before typed words are lost. Every page works without it. It
// keeps no word of any page: the only things it stores are whether single keys are on and, until the window is closed, the
// numbers of the rows chosen.
//
// The files of this folder are sent as one script, in the order of `look/assets.rs`: what stands here is there for the others.

const words = (element, name) => element.dataset[name] ?? '';
const visible = (element) => element.getClientRects().length > 0;
const typing = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=button], [type=file])'));

const live = document.getElementById('live');
const tell = (text) => {
  if (live) live.textContent = text;
};

// ---- single keys, which a person may turn off (WCAG 2.2, 2.1.4)
const KEYS = 'chancery.keys';
const remembered = () => {
  try {
    return localStorage.getItem(KEYS);
  } catch {
    return null; // storage may be forbidden: then keys are simply on
  }
};
let keysOn = remembered() !== 'off';
const showKeys = () => document.documentElement.classList.toggle('keys-off', !keysOn);
const switchKeys = () => {
  keysOn = !keysOn;
  try {
    if (keysOn) localStorage.removeItem(KEYS);
    else localStorage.setItem(KEYS, 'off');
  } catch {
    // It holds for this page only.
  }
  showKeys();
};
showKeys();

// ---- actions: whatever the page offers as data-key or data-action
const perform = (element) => {
  if (element instanceof HTMLInputElement && element.type !== 'checkbox') {
    element.focus();
    element.select();
  } else {
    element.click();
  }
};
const withKey = (key) => [...document.querySelectorAll('[data-key]')].find((e) => e.dataset.key === key && visible(e));
const beginsKey = (key) => [...document.querySelectorAll('[data-key]')].some((e) => e.dataset.key.startsWith(`${key} `));

// ---- rows: j and k move, x chooses; Enter is the link's own
const rows = () => [...document.querySelectorAll('[data-rows] tbody tr')].filter(visible);
const lead = (row) => row?.querySelector('a.lead, a[href]');
const currentRow = () => document.activeElement?.closest?.('[data-rows] tbody tr') ?? null;
const moveRow = (step) => {
  const list = rows();
  if (list.length === 0) return;
  const at = list.indexOf(currentRow());
  const next = list[Math.min(Math.max(at + step, 0), list.length - 1)];
  lead(at < 0 ? list[0] : next)?.focus();
};

let pending = '';
let pendingTimer = 0;
document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    openPalette();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
    // From anywhere on a page that has one form to send.
    const forms = [...document.querySelectorAll('main form[method="post"]')].filter((f) => f.querySelector('button.main'));
    const form = event.target.closest?.('form') ?? (forms.length === 1 ? forms[0] : null);
    const main = form?.querySelector('button.main');
    if (main) {
      event.preventDefault();
      form.requestSubmit(main);
    }
    return;
  }
  if (event.key === 'Escape' && event.target instanceof HTMLInputElement && event.target.id === 'search') {
    event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !keysOn) return;
  if (typing(event.target) || document.querySelector('dialog[open]') || event.key.length !== 1) return;

  const key = pending ? `${pending} ${event.key}` : event.key;
  clearTimeout(pendingTimer);
  pending = '';
  const element = withKey(key);
  if (element) perform(element);
  else if (beginsKey(key)) {
    pending = key;
    pendingTimer = setTimeout(() => (pending = ''), 1500);
  } else if (key === '?') openPalette();
  else if (key === 'j') moveRow(1);
  else if (key === 'k') moveRow(-1);
  else if (key === 'x') currentRow()?.querySelector('.pick input')?.click();
  else return;
  event.preventDefault();
});
