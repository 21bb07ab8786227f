// The palette: every act that the page offers, and papers by what is typed. None of it is kept.

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
