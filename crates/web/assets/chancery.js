// Keys and comfort for every page: shortcuts, the palette of actions, moving through rows, choosing many, dropping a
// file or a folder of them, a change of the user, and a warning before typed words are lost. Every page works without it. It keeps no word of any page: the only
// things it stores are whether single keys are on and, until the window is closed, the numbers of the rows chosen.

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

// ---- the palette
const palette = document.getElementById('palette');
const field = document.getElementById('palette-input');
const list = document.getElementById('palette-list');
let offers = [];
let chosen = 0;

const plainText = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const gather = () => {
  const seen = new Set();
  const found = [];
  // The page's own acts first, then the head's, then the rail's.
  const near = (element) => (element.closest('main') ? 0 : element.closest('header') ? 1 : 2);
  const all = [...document.querySelectorAll('[data-action]')].sort((a, b) => near(a) - near(b));
  for (const element of all) {
    const label = element.dataset.action.trim();
    if (!label || !visible(element) || element.disabled || seen.has(label)) continue;
    seen.add(label);
    found.push({ label, key: element.dataset.key ?? '', act: () => perform(element), lang: element.lang });
  }
  if (rows().length > 0) {
    found.push({ label: words(palette, 'rowNext'), key: 'j', act: () => moveRow(1) });
    found.push({ label: words(palette, 'rowPrevious'), key: 'k', act: () => moveRow(-1) });
  }
  found.push({ label: words(palette, keysOn ? 'keysOff' : 'keysOn'), key: '', act: switchKeys });
  return found;
};

// What the page itself does not offer is asked for when the palette opens, and papers by what is typed: pages, kept
// searches, what was opened last, a paper by any way of writing its reference. None of it is kept.
let fetched = [];
let byReference = [];
let askedFor = 0;
const ask = async (typed) => {
  const turn = ++askedFor;
  const answer = await fetch(`/api/v1/palette?q=${encodeURIComponent(typed)}`, { headers: { accept: 'application/json' } }).catch(() => null);
  if (!answer?.ok || !palette.open) return;
  const { offers: given } = await answer.json();
  const made = given.map((one) => ({
    label: one.label,
    key: one.key ?? '',
    note: one.note,
    marking: one.marking,
    level: one.level,
    act: () => location.assign(one.href),
  }));
  if (typed === '') fetched = made;
  else if (turn === askedFor) byReference = made;
  draw();
};
let asking = 0;

const draw = () => {
  const typed = field.value.trim();
  const asked = plainText(typed).split(/\s+/).filter(Boolean);
  const known = new Set(offers.map((offer) => offer.label));
  const shown = [
    ...(typed === '' ? [] : byReference),
    ...[...offers, ...fetched.filter((offer) => offer.marking || !known.has(offer.label))].filter((offer) =>
      asked.every((word) => plainText(`${offer.label} ${offer.note ?? ''}`).includes(word)),
    ),
  ];
  if (typed !== '' && document.getElementById('search')) {
    const label = words(palette, 'search').replace('{q}', typed);
    shown.push({ label, key: '', act: () => location.assign(`/search?q=${encodeURIComponent(typed)}`) });
  }
  chosen = Math.min(chosen, Math.max(shown.length - 1, 0));
  list.replaceChildren(
    ...shown.map((offer, place) => {
      const line = document.createElement('li');
      line.id = `palette-${place}`;
      line.setAttribute('role', 'option');
      line.setAttribute('aria-selected', String(place === chosen));
      const name = document.createElement('span');
      name.textContent = offer.label;
      if (offer.lang) name.lang = offer.lang;
      if (offer.marking) {
        const mark = document.createElement('span');
        mark.className = `mark ${offer.level ?? ''}`;
        mark.textContent = offer.marking;
        name.append(' ', mark);
      }
      line.append(name);
      if (offer.note) {
        const note = document.createElement('span');
        note.className = 'quiet';
        note.textContent = offer.note;
        line.append(note);
      }
      if (offer.key && keysOn) {
        const keys = document.createElement('span');
        keys.ariaHidden = 'true';
        for (const part of offer.key.split(' ')) {
          const key = document.createElement('kbd');
          key.textContent = part;
          keys.append(key, ' ');
        }
        line.append(keys);
      }
      line.addEventListener('click', () => choose(offer));
      return line;
    }),
  );
  if (shown.length === 0) {
    const none = document.createElement('li');
    none.className = 'none';
    none.setAttribute('role', 'option');
    none.setAttribute('aria-disabled', 'true');
    none.textContent = words(palette, 'none');
    list.append(none);
  }
  field.setAttribute('aria-activedescendant', shown.length > 0 ? `palette-${chosen}` : '');
  list.children[chosen]?.scrollIntoView({ block: 'nearest' });
  return shown;
};

const choose = (offer) => {
  palette.close();
  offer.act();
};

function openPalette() {
  if (!palette || palette.open) return;
  offers = gather();
  chosen = 0;
  field.value = '';
  byReference = [];
  palette.showModal();
  draw();
  if (document.getElementById('search')) ask('');
}

if (palette && field && list) {
  field.addEventListener('input', () => {
    chosen = 0;
    byReference = [];
    draw();
    clearTimeout(asking);
    const typed = field.value.trim();
    if (/\d/.test(typed) && document.getElementById('search')) asking = setTimeout(() => ask(typed), 150);
  });
  palette.addEventListener('close', () => {
    fetched = [];
    byReference = [];
    list.replaceChildren();
  });
  field.addEventListener('keydown', (event) => {
    const shown = list.querySelectorAll('[aria-selected]').length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : -1) + shown) % Math.max(shown, 1);
      draw();
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      const offer = draw()[chosen];
      if (offer) choose(offer);
    }
  });
  palette.addEventListener('click', (event) => {
    if (event.target === palette) palette.close(); // beside it
  });
  for (const button of document.querySelectorAll('[data-palette]')) button.addEventListener('click', openPalette);
}

// ---- choosing many rows
const CHOSEN = 'chancery.chosen';
const chosenOf = (who) => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(CHOSEN) ?? 'null');
    return kept?.who === who && Array.isArray(kept.rows) ? kept.rows : [];
  } catch {
    return []; // storage may be forbidden: then rows are chosen on one page only
  }
};
const keepChosen = (who, rows) => {
  try {
    if (rows.length === 0) sessionStorage.removeItem(CHOSEN);
    else sessionStorage.setItem(CHOSEN, JSON.stringify({ who, rows }));
  } catch {
    // as above
  }
};
// What was done with them is done: the next choice begins anew.
if (document.querySelector('[data-chosen-done]')) keepChosen('', []);
for (const form of document.querySelectorAll('form[data-many]')) {
  const all = form.querySelector('[data-pick-all]');
  const picks = [...form.querySelectorAll('tbody .pick input')];
  const says = form.querySelector('.chosen');
  const none = says?.textContent ?? '';
  const acts = [...form.querySelectorAll('.many button[name]')];
  const more = form.querySelector('[data-elsewhere]');
  const most = Number(form.dataset.kept ?? 0);
  // Rows chosen on other pages of such lists; each window and each sign-in has its own.
  const who = form.querySelector('input[name=token]')?.value.slice(0, 8) ?? '';
  const elsewhere = new Set();
  const restore = () => {
    if (most === 0) return;
    elsewhere.clear();
    for (const row of chosenOf(who)) elsewhere.add(row);
    for (const pick of picks) pick.checked = elsewhere.delete(pick.value);
  };
  let last = null;
  const nothing = form.querySelector('[data-pick-none]');
  const count = (speak) => {
    const here = picks.filter((pick) => pick.checked);
    const n = here.length + elsewhere.size;
    const over = most > 0 && n > most;
    if (most > 0) keepChosen(who, [...elsewhere, ...here.map((pick) => pick.value)]);
    if (more) {
      more.hidden = !over && elsewhere.size === 0;
      more.textContent = over ? words(more, 'tooMany') : words(more, 'elsewhere').replace('{n}', String(elsewhere.size));
    }
    const text = n === 0 ? none : n === 1 ? words(says, 'one') : words(says, 'other').replace('{n}', String(n));
    if (says) says.textContent = text;
    if (speak) tell(text);
    if (all) {
      all.checked = here.length > 0 && here.length === picks.length;
      all.indeterminate = here.length > 0 && here.length < picks.length;
    }
    for (const act of acts) act.disabled = n === 0 || over;
    if (nothing) nothing.disabled = n === 0;
  };
  nothing?.addEventListener('click', () => {
    elsewhere.clear();
    for (const pick of picks) pick.checked = false;
    count(true);
  });
  form.addEventListener('formdata', (event) => {
    const name = picks[0]?.name;
    if (name) for (const value of elsewhere) event.formData.append(name, value);
  });
  all?.addEventListener('change', () => {
    for (const pick of picks) pick.checked = all.checked;
    count(true);
  });
  for (const pick of picks) {
    pick.addEventListener('click', (event) => {
      // With Shift, everything between the last one and this one.
      if (event.shiftKey && last && last !== pick) {
        const [from, to] = [picks.indexOf(last), picks.indexOf(pick)].sort((a, b) => a - b);
        for (const between of picks.slice(from, to + 1)) between.checked = pick.checked;
      }
      last = pick;
      count(true);
    });
  }
  restore();
  count(false);
  window.addEventListener('pageshow', () => {
    restore(); // the browser may have put choices back that were undone since
    count(false);
  });
}

// ---- files dropped anywhere on the page
const whereDropped = (take) => {
  const carriesFile = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  let depth = 0;
  const over = (on) => document.documentElement.classList.toggle('dropping', on);
  document.addEventListener('dragenter', (event) => {
    if (carriesFile(event)) {
      depth += 1;
      over(true);
    }
  });
  document.addEventListener('dragleave', (event) => {
    if (carriesFile(event)) {
      depth = Math.max(depth - 1, 0);
      over(depth > 0);
    }
  });
  document.addEventListener('dragover', (event) => {
    if (carriesFile(event)) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    depth = 0;
    over(false);
    take(event.dataTransfer);
  });
};
const drop = document.querySelector('[data-drop]');
const chooser = drop?.querySelector('input[type=file]');
if (drop && chooser) {
  const says = drop.querySelector('[data-dropped]');
  const show = () => {
    const [file] = chooser.files;
    if (says) says.textContent = file ? file.name : '';
  };
  whereDropped((given) => {
    chooser.files = given.files;
    chooser.dispatchEvent(new Event('change', { bubbles: true }));
  });
  // What a form reads off a file it shows at once, where it has a button for that.
  const read = drop.hasAttribute('data-at-once') ? chooser.form?.querySelector('button[name="act"][value="read"]') : null;
  chooser.addEventListener('change', () => {
    show();
    if (read && chooser.files.length > 0) chooser.form.requestSubmit(read);
  });
}

// ---- many files, or folders of them, brought one after the other; what became of each the server says
const bring = document.querySelector('[data-bring]');
const bringing = bring?.querySelector('[data-bringing]');
if (bringing) {
  const form = bring.querySelector('form');
  const [bar, count, brought] = ['progress', '[data-bring-count]', '[data-brought]'].map((part) => bringing.querySelector(part));
  // What an operating system leaves in folders for itself.
  const ofSystem = (name) => /^(\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/i.test(name);
  const queue = [];
  let [sending, total, done, leftOut] = [false, 0, 0, 0];
  window.addEventListener('beforeunload', (event) => {
    if (sending) event.preventDefault();
  });
  const line = (text) => {
    const item = document.createElement('li');
    item.textContent = text;
    brought.append(item);
  };
  const send = async ({ path, file }) => {
    if (!file || file.size > Number(words(bring, 'largest'))) {
      line(`${path}: ${words(bring, file ? 'over' : 'failed')}`);
      return;
    }
    const body = new FormData();
    for (const name of ['token', 'registry', 'direction']) body.append(name, form.elements[name].value);
    body.append('path', path);
    body.append('content', file, file.name);
    const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'text/html' } }).catch(() => null);
    const text = answer && !answer.redirected ? await answer.text().catch(() => '') : '';
    const told = [...new DOMParser().parseFromString(text, 'text/html').querySelectorAll('[data-came] > li')];
    if (told.length === 0) line(`${path}: ${words(bring, 'failed')}`);
    brought.append(...told.filter((item) => !item.hasAttribute('data-waits')).map((item) => document.importNode(item, true)));
  };
  const says = () => {
    count.textContent = words(bring, 'of').replace('{done}', String(done)).replace('{total}', String(total));
    bar.max = Math.max(total, 1);
    bar.value = done;
  };
  const work = async () => {
    if (sending || queue.length === 0) return;
    sending = true;
    bringing.hidden = false;
    bringing.scrollIntoView({ block: 'nearest' });
    while (queue.length > 0) {
      says();
      await send(queue.shift());
      done += 1;
    }
    says();
    sending = false;
    if (leftOut > 0) line(words(bring, 'leftOut').replace('{n}', String(leftOut)));
    if (brought.children.length === 0) {
      location.assign(words(bring, 'list'));
      return;
    }
    count.textContent += ` ${words(bring, 'done')}`;
    if (!bringing.querySelector('a.button')) {
      const show = document.createElement('a');
      show.className = 'button';
      show.href = words(bring, 'list');
      show.textContent = words(bring, 'show');
      bringing.append(show);
    }
  };
  const take = (path, file) => {
    if (ofSystem(path.split('/').pop())) {
      leftOut += 1;
      return;
    }
    total += 1;
    queue.push({ path, file });
  };
  const ask = (call) => new Promise((good, bad) => call(good, bad));
  const walk = async (entry) => {
    const path = entry.fullPath.replace(/^\//, '');
    if (entry.isFile) {
      take(path, await ask((good, bad) => entry.file(good, bad)).catch(() => null));
      return;
    }
    const folder = entry.createReader();
    for (;;) {
      // A folder is told in pieces of a hundred.
      const some = await ask((good, bad) => folder.readEntries(good, bad)).catch(() => []);
      if (some.length === 0) return;
      for (const one of some) await walk(one);
    }
  };
  whereDropped(async (given) => {
    const files = [...given.files];
    const entries = [...given.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (entries.length === 0) for (const file of files) take(file.name, file);
    for (const entry of entries) await walk(entry);
    work();
  });
  form.addEventListener('submit', (event) => {
    const choosers = [...form.querySelectorAll('input[type=file]')];
    const files = choosers.flatMap((one) => [...one.files]);
    if (files.length === 0) return; // the server says what is missing
    event.preventDefault();
    for (const file of files) take(file.webkitRelativePath || file.name, file);
    for (const one of choosers) one.value = '';
    work();
  });
}

// ---- a part of the page that tells how far something is: looked at again until it says that it is done
const watch = () => {
  const part = document.querySelector('[data-live]');
  if (!part) return;
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live]');
      if (!answer.ok || !fresh) {
        location.reload();
        return;
      }
      // Only words and figures change: what has the focus keeps it.
      const [now, then] = [part, fresh].map((p) => [...p.querySelectorAll('p, progress')]);
      now.forEach((element, place) => {
        if (element instanceof HTMLProgressElement) element.value = then[place]?.value ?? 0;
        else if (then[place] && element.textContent !== then[place].textContent) element.textContent = then[place].textContent;
      });
    } catch {
      // The line is down for a moment: asked again.
    }
    watch();
  }, 1500);
};
watch();

// ---- a sheet that is there to be printed
for (const button of document.querySelectorAll('[data-print]')) button.addEventListener('click', () => window.print());

// ---- typed words are not lost without asking, and nothing is kept here to restore them from
for (const form of document.querySelectorAll('form[data-guard]')) {
  // A form that came back with errors holds typed words already.
  let dirty = document.getElementById('errors') !== null;
  form.addEventListener('input', () => (dirty = true));
  form.addEventListener('submit', () => (dirty = false));
  window.addEventListener('beforeunload', (event) => {
    if (dirty && !leaving) event.preventDefault();
  });
}

// ---- one press sends a form once; sending twice is harmless, but slow and puzzling
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.sent === 'yes') event.preventDefault();
  else if (form.method === 'post') {
    form.dataset.sent = 'yes';
    setTimeout(() => delete form.dataset.sent, 3000); // the answer may be a download, which leaves the page in place
  }
});
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// ---- passkeys: a device answers for whoever sits here, and the form goes with its answer
if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) document.documentElement.classList.add('without-passkeys');
const passkeyAnswer = async ({ options }) => {
  const begun = options ?? (await (await fetch('/sign-in/passkey', { method: 'POST' })).text());
  const { ceremony, options: publicKey } = JSON.parse(begun);
  const made = options
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  return JSON.stringify({ ceremony, credential: made.toJSON() });
};
document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('button[data-passkey]');
  if (!button) return;
  const { form } = button;
  const answer = form.elements.namedItem('passkey');
  button.disabled = true;
  try {
    answer.value = await passkeyAnswer(button.dataset);
    form.noValidate = true;
    form.requestSubmit();
  } catch {
    const says = form.querySelector('[data-passkey-says]') ?? document.createElement('p');
    says.className = 'notice late';
    says.dataset.passkeySays = '';
    says.setAttribute('role', 'alert');
    says.textContent = words(button, 'failed');
    form.prepend(says);
  }
  answer.value = ''; // an answer serves once
  form.noValidate = false;
  button.disabled = false;
});

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
