// Counting copies with a hand scanner: each scan is sent by itself while the next is read. What could not be sent waits, under
// an identifier of its own, until the connection is back; the register takes each identifier once. Without this script the
// form is sent as any other.

const place = document.querySelector('[data-counting]');
const form = place?.querySelector('form');
const note = place?.querySelector('[data-queue]');
const KEPT = `counting ${form?.action}`;
const AGAIN = 3000; // milliseconds until the next try

// Numbers of copies and pages, until the window is closed: no word of any paper.
const queue = (() => {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');
  } catch {
    return [];
  }
})();
const keep = () => {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(queue));
  } catch {
    // Then they wait on this page alone.
  }
};
const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
const tell = (text) => {
  note.textContent = text;
  note.hidden = text === '';
};
const waiting = () => (queue.length === 0 ? '' : place.dataset.waiting.replace('{n}', queue.length));

const show = (answer) => {
  const page = new DOMParser().parseFromString(answer, 'text/html');
  const counted = page.querySelector('[data-counted]');
  if (!counted) return false;
  document.querySelector('[data-counted]').replaceWith(document.adoptNode(counted));
  // What the register asks of this copy is asked here: how many pages, what is wrong with them.
  const asked = page.querySelector('[data-counting] [aria-invalid=true]:not([name=scan])');
  if (asked) {
    const other = page.querySelector('[data-counting] form');
    form.replaceChildren(...document.adoptNode(other).childNodes);
    form.querySelector(`[name=${asked.name}]`)?.focus();
  }
  return true;
};

let busy = false;
const send = async () => {
  if (busy || queue.length === 0) return;
  busy = true;
  const [first] = queue;
  let later = 0;
  try {
    const body = new URLSearchParams({ ...first, token: form.elements.token.value });
    const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'text/html' } });
    if (answer.status >= 500) throw new Error('later');
    if (!show(await answer.text())) {
      tell(place.dataset.signedOut);
      later = AGAIN;
    } else {
      queue.shift();
      keep();
      tell(waiting());
    }
  } catch {
    tell(waiting());
    later = AGAIN;
  }
  busy = false;
  if (queue.length > 0) setTimeout(send, later);
};

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  const typed = (name) => form.elements[name]?.value.trim() ?? '';
  if (typed('scan') === '') return;
  queue.push({
    scan: typed('scan'),
    pages: typed('pages'),
    words: typed('words'),
    command: fresh(),
    at: new Date().toISOString(),
  });
  keep();
  for (const name of ['scan', 'pages', 'words']) if (form.elements[name]) form.elements[name].value = '';
  form.elements.scan.focus();
  send();
});
if (form) {
  tell(waiting());
  send();
}
