// Who sits here: another takes the seat, and what was typed is his alone who typed it.

// ---- all pages of a browser are one person's: when another signs in, what the first has open elsewhere is covered
const seat = new BroadcastChannel('seat');
const sitsHere = () => document.querySelector('.rail .name')?.getAttribute('href') ?? '';
seat.addEventListener('message', ({ data }) => {
  const cover = document.querySelector('[data-taken]');
  if (!cover) return;
  if (data.person !== sitsHere()) {
    for (const open of document.querySelectorAll('dialog[open]')) open.close();
    cover.showModal();
    return;
  }
  // He is back: what he typed is as he left it, and goes by his new session.
  cover.close();
  for (const field of document.querySelectorAll('input[name="token"]')) field.value = data.token;
});
document.querySelector('[data-taken]')?.addEventListener('cancel', (event) => event.preventDefault());
window.addEventListener('pageshow', () => {
  const person = sitsHere();
  const token = document.querySelector('input[name="token"]')?.value ?? '';
  if (person || location.pathname === '/sign-in') seat.postMessage({ person, token });
});

// ---- another person takes the seat: a small form over the page, and what was typed goes to the server for its owner alone
let leaving = false;
const typedIn = new Set();
document.addEventListener('input', (event) => {
  const form = event.target.form;
  if (form?.method === 'post' && form.closest('main') && !form.matches('[data-many]')) typedIn.add(form);
});
// A form that came back from the server holds typed words, whether or not anything was typed since.
const cameBack = () => {
  try {
    return new URL(document.referrer).pathname === location.pathname;
  } catch {
    return false; // the browser does not say
  }
};
// A field may be called “action” and stand before the form's own.
const sentTo = (form) => new URL(form.getAttribute('action') ?? '', location.href).pathname;
const isKept = (form, name, value) =>
  typeof value === 'string' && name !== 'token' && form.elements.namedItem(name)?.type !== 'password';
const typedHere = () => {
  if (cameBack()) for (const form of document.querySelectorAll('main form[data-guard]')) typedIn.add(form);
  const forms = [...typedIn]
    .filter((form) => form.isConnected)
    .map((form) => ({
      action: sentTo(form),
      fields: [...new FormData(form)].filter(([name, value]) => isKept(form, name, value)),
    }));
  return forms.length > 0 ? JSON.stringify({ path: location.pathname + location.search, forms }) : '';
};
const changeUser = async (link) => {
  if (document.querySelector('dialog[open]')) return;
  const answer = await fetch(link.href, { headers: { accept: 'text/html' } }).catch(() => null);
  const page = answer?.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
  const part = page?.querySelector('[data-change]');
  if (!part) {
    location.assign(link.href);
    return;
  }
  const before = document.activeElement;
  const dialog = document.createElement('dialog');
  dialog.className = 'change';
  dialog.setAttribute('aria-labelledby', 'change-title');
  dialog.append(document.importNode(part, true));
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    before?.focus?.();
  });
  const form = dialog.querySelector('form');
  const says = document.createElement('p');
  says.className = 'notice late';
  says.setAttribute('role', 'alert');
  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (busy) return;
    busy = true;
    const sent = new URLSearchParams(new FormData(form, event.submitter));
    sent.set('draft', typedHere());
    const asked = { method: 'POST', body: sent, headers: { accept: 'application/json' } };
    const told = await fetch(form.action, asked).catch(() => null);
    const said = await told?.json().catch(() => null);
    if (told?.ok && said?.to) {
      leaving = true;
      keepChosen('', []);
      location.replace(said.to);
      return;
    }
    busy = false;
    says.textContent = said?.says ?? words(dialog.firstElementChild, 'failed');
    form.before(says);
    const password = form.elements.namedItem('change_password');
    password.value = '';
    password.focus();
  });
  dialog.showModal();
  form.elements.namedItem('change_login').focus();
};
for (const link of document.querySelectorAll('a[data-change-user]')) {
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a page of its own
    event.preventDefault();
    changeUser(link);
  });
}
document.addEventListener('keydown', (event) => {
  const link = document.querySelector('a[data-change-user]');
  if (!link || event.isComposing || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.code !== 'KeyU') return;
  event.preventDefault();
  changeUser(link);
});

// ---- what was typed here when the seat changed is put back, field by field
const putBack = (form, fields) => {
  const left = [];
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const [name, given] of values) {
    if (name === 'command') continue;
    const all = [...form.elements].filter((e) => e.name === name && e.type !== 'file' && e.type !== 'password' && e.type !== 'submit');
    const ticks = all.filter((e) => e.type === 'checkbox' || e.type === 'radio');
    for (const tick of ticks) tick.checked = given.includes(tick.value);
    const rest = all.filter((e) => !ticks.includes(e));
    rest.forEach((element, n) => {
      const value = given[n] ?? '';
      if (element instanceof HTMLSelectElement && element.multiple) {
        for (const option of element.options) option.selected = given.includes(option.value);
      } else if (element instanceof HTMLSelectElement && ![...element.options].some((option) => option.value === value)) {
        left.push(name);
      } else {
        element.value = value;
      }
    });
    const placed = ticks.length > 0 ? given.every((value) => ticks.some((tick) => tick.value === value)) : rest.length >= given.length;
    if (!placed && given.some((value) => value !== '')) left.push(name);
  }
  for (const tick of form.querySelectorAll('input[type=checkbox]')) {
    if (tick.name && !values.has(tick.name)) tick.checked = false;
  }
  return left;
};
const bringBack = async () => {
  const asked = location.hash === '#typed';
  if (asked) history.replaceState(null, '', location.pathname + location.search);
  else if (!document.querySelector('main form[data-guard]') || cameBack()) return;
  const path = location.pathname + location.search;
  const answer = await fetch(`/drafts?path=${encodeURIComponent(path)}`, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok || answer.redirected || typedIn.size > 0) return; // who has begun to type anew goes on with that
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const notice = page.querySelector('[data-kept]');
  if (!notice) return;
  for (const kept of page.querySelectorAll('[data-kept-form]')) {
    const form = [...document.querySelectorAll('main form[method="post"]')].find(
      (f) => !typedIn.has(f) && sentTo(f) === kept.dataset.keptForm,
    );
    if (!form) continue;
    const fields = [...kept.querySelectorAll('tbody tr')].map((row) => [
      row.querySelector('th').textContent,
      row.querySelector('td').dataset.value,
    ]);
    const left = putBack(form, fields);
    const show = form.querySelector('button[name="act"][value="policy"]');
    if (left.length > 0 && show) {
      // What only the server can show, as the levels of another policy: asked for with everything as it was kept.
      form.addEventListener('formdata', (event) => {
        const token = event.formData.get('token');
        for (const name of [...event.formData.keys()]) event.formData.delete(name);
        event.formData.append('token', token);
        for (const [name, value] of fields) if (name !== 'act') event.formData.append(name, value);
        event.formData.append('act', 'policy');
      });
      leaving = true;
      form.requestSubmit(show);
      return;
    }
    typedIn.add(form);
    form.dispatchEvent(new Event('input', { bubbles: true }));
  }
  const mine = document.importNode(notice, true);
  for (const part of mine.querySelectorAll('[data-elsewhere-only]')) part.remove();
  document.getElementById('main')?.prepend(mine);
  mine.querySelector('form')?.addEventListener('submit', async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const form = event.currentTarget;
    const told = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).catch(() => null);
    if (!told?.ok) return;
    leaving = true;
    location.replace(path);
  });
  tell(mine.querySelector('p').textContent);
};
bringBack();
