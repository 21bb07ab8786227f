// Parts that tell how far something is, sheets to print, and forms that are sent once and not left by mistake.

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
