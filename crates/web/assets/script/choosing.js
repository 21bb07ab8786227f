// Choosing many rows, over the pages of a list.

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
