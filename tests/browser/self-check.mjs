// The checks checked: a small site with one good page and one page for each thing that must be found. Knows nothing
// of the product; shows that a clean report means something.

import http from 'node:http';
import { openContext, openPage, signIn, visit } from './visit.mjs';

/** As strict as the product's own, so that the checks are known to work under it. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; connect-src 'self'";

const STYLE = `
  :root { color-scheme: light dark; }
  body { color: #111; background: #fff; font: 1rem sans-serif; }
  .faint { color: #bbb; }
  @media (prefers-color-scheme: dark) { body { color: #eee; background: #111; } .dusk { color: #333; } .faint { color: #eee; } }
`;

const page = (body, head = '', lang = 'en') =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>A page</title>` +
  `<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/style.css">${head}</head><body><main>${body}</main></body></html>`;

const FORM =
  '<h1>Sign in</h1><form method="post" action="/sign-in"><label>Login <input name="login"></label> ' +
  '<label>Password <input name="password" type="password"></label> <button type="submit">Sign in</button></form>';

/** What must be found on each page, and nothing beside it: the beginning of a kind, or null for a clean page. */
const CASES = [
  { path: '/good', finds: null, body: page('<h1>Good</h1><p>Nothing to say.</p>') },
  { path: '/sign-in', finds: null, body: page(FORM) },
  { path: '/contrast', finds: 'accessibility color-contrast', body: page('<h1>Faint</h1><p class="faint">Hard to read</p>') },
  { path: '/dusk', finds: 'accessibility color-contrast', body: page('<h1>Dusk</h1><p class="dusk">Hard to read at night</p>') },
  { path: '/label', finds: 'accessibility label', body: page('<h1>No label</h1><input name="x">') },
  { path: '/target', finds: 'accessibility target-size', body: page('<h1>Small</h1><p class="row"><button class="dot">a</button><button class="dot">b</button></p>') },
  { path: '/untitled', finds: 'accessibility document-title', body: page('<h1>Untitled</h1>').replace('A page', '') },
  { path: '/french', finds: 'language', body: page('<h1>Bonjour</h1>', '', 'fr') },
  { path: '/console', finds: 'console error', body: page('<h1>Console</h1>', '<script type="module" src="/console.js"></script>') },
  { path: '/throws', finds: 'script error', body: page('<h1>Throws</h1>', '<script type="module" src="/throws.js"></script>') },
  { path: '/inline', finds: 'console error', body: page('<h1 style="margin:0">Inline style</h1>') },
  { path: '/missing', finds: 'request refused', body: page('<h1>Missing</h1><img src="/nothing.png" alt="nothing">') },
  { path: '/refused', finds: 'status', status: 404, body: page('<h1>Not found</h1>') },
  {
    path: '/elsewhere',
    finds: 'request to elsewhere',
    policy: POLICY.replace("img-src 'self'", 'img-src *'),
    body: page('<h1>Elsewhere</h1><img src="http://127.0.0.1:9/elsewhere.png" alt="elsewhere">'),
  },
];

const FILES = {
  '/style.css': ['text/css', `${STYLE} .row { display: flex; } .dot { width: 12px; height: 12px; padding: 0; border: 0; }`],
  '/icon.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  '/console.js': ['text/javascript', "console.error('planted');"],
  '/throws.js': ['text/javascript', "throw new Error('planted');"],
};

function answer(request, response) {
  const send = (status, type, body, policy = POLICY) => {
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy });
    response.end(body);
  };
  const address = new URL(request.url, 'http://127.0.0.1');
  if (request.method === 'POST') {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      const good = new URLSearchParams(body).get('password') === 'right';
      response.writeHead(303, { location: good ? '/good' : '/sign-in' });
      response.end();
    });
    return;
  }
  const file = FILES[address.pathname];
  if (file) return send(200, ...file);
  const known = CASES.find((one) => one.path === address.pathname);
  if (known) return send(known.status ?? 200, 'text/html', known.body, known.policy);
  send(404, 'text/plain', 'nothing');
}

/** Runs every case; `report(name, trouble or null)` is called for each. */
export async function selfCheck(browser, axeSource, report) {
  const server = http.createServer(answer);
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  try {
    const context = await openContext(browser, origin, axeSource);
    for (const one of CASES) {
      const tab = await openPage(context);
      const troubles = await visit(tab, origin + one.path, { language: 'en' });
      await tab.close();
      const kinds = troubles.map((found) => found.kind);
      const asExpected = one.finds ? kinds.length > 0 && kinds.every((kind) => kind.startsWith(one.finds)) : kinds.length === 0;
      const story = troubles.map((found) => `${found.kind}: ${found.text}`).join('\n    ') || 'nothing';
      report(`${one.path} ${one.finds ? `finds ${one.finds}` : 'is clean'}`, asExpected ? null : `found ${story}`);
    }
    const tab = await openPage(context);
    const right = await signIn(tab, `${origin}/sign-in`, { login: 'someone', password: 'right' });
    report('the right password is let in', right);
    const wrong = await signIn(tab, `${origin}/sign-in`, { login: 'someone', password: 'wrong' });
    report('the wrong password is noticed', wrong ? null : 'it was taken for let in');
    await context.close();
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
