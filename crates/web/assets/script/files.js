// Files that are dropped, one or many, and folders of them.

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
