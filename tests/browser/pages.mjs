// The tables of the browser tests: who visits, which pages, what each may expect. Owns no mechanism; add a line here
// when the product gains a page.

/** Where the sign-in form is. Its fields are named `login` and `password`. */
export const SIGN_IN = '/sign-in';

/** Every page is visited in each of these. */
export const LANGUAGES = ['en', 'fr'];

/** The button that changes the language, on every page; it is there when the page is in another one. */
export const languageButton = (language) => `form[action="/language"] button[lang="${language}"]`;

/**
 * Who signs in. The demo's first page offers its people on elements with `data-login` and `data-password`; a person
 * named here is looked for there. An empty table takes all whom the first page offers.
 */
export const PEOPLE = [];

/**
 * The pages. `path` is visited as it is; `find` is a selector of a link on that page, which is followed instead (a
 * document of which only the register knows the address), with `then` behind its address. `who` is `everyone` (who signed in), `nobody` (not signed
 * in) or a list of logins; people outside a list are visited too and must be refused with 403 or 404, by a page as
 * clean as any other. `status` is what the page answers when it is not 200. A `find` that finds nothing is an error
 * only for those in `found`.
 */
/** Who works by keyboard alone: somebody who registers. */
export const KEYBOARD = 'solheim';
/** Who share a counter: the first opens with a password, the second with a passkey. */
export const COUNTER = ['figueiredo', 'solheim'];

const REGISTRARS = ['solheim', 'figueiredo'];
const CONTROLLERS = ['solheim'];
const KEEPERS = ['kalnins', 'sobczynska', 'hollweg'];
const OFFICERS = ['sobczynska', 'hollweg'];
const ADMINISTRATORS = ['kalnins'];
const INSPECTORS = ['maddison'];
/** Whose work copies are at all, and those of the headquarters' registry, where the demo has some. */
const CUSTODIANS = ['solheim', 'figueiredo', 'hruskova'];
const HQR_STAFF = ['solheim', 'figueiredo'];

export const PAGES = [
  { name: 'welcome', path: '/', who: 'nobody' },
  { name: 'sign-in', path: SIGN_IN, who: 'nobody' },
  { name: 'desk', path: '/desk', who: 'everyone' },
  { name: 'register', path: '/register', who: 'everyone' },
  { name: 'document', path: '/register', find: 'main table tbody a[href]', who: 'everyone' },
  { name: 'document-about', path: '/search?q=meteorological+forecasts+warnings', find: 'main a[href^="/documents/"]', then: '?tab=about', who: 'everyone' },
  { name: 'document-why', path: '/search?q=meteorological+forecasts+warnings', find: 'main a[href^="/documents/"]', then: '/why', who: 'everyone' },
  { name: 'registration', path: '/register/new', who: REGISTRARS },
  { name: 'in-tray', path: '/tray', who: REGISTRARS },
  { name: 'in-tray-dismissed', path: '/tray?view=dismissed', who: REGISTRARS },
  { name: 'in-tray-letter', path: '/tray', find: 'main a.lead[href^="/register/new?item="]', who: REGISTRARS },
  { name: 'scans', path: '/scans', who: REGISTRARS },
  { name: 'separator-sheet', path: '/scans/separator', who: REGISTRARS },
  { name: 'old-registers', path: '/register/old', who: CONTROLLERS },
  { name: 'correction', path: '/search?q=meteorological+forecasts+warnings', find: 'main a[href^="/documents/"]', then: '/correct', who: REGISTRARS },
  { name: 'document-work', path: '/search?q=meteorological+forecasts+warnings', find: 'main a[href^="/documents/"]', then: '/work', who: REGISTRARS },
  { name: 'document-compare', path: '/search?q=meteorological+forecasts+warnings', find: 'main a[href^="/documents/"]', then: '/compare', who: 'everyone' },
  { name: 'document-record', path: '/search?q=meteorological+forecasts+warnings', find: 'main a[href^="/documents/"]', then: '/record', who: 'everyone' },
  { name: 'many', path: '/many', who: 'everyone' },
  { name: 'files', path: '/files?registry=HQR', who: 'everyone' },
  { name: 'file', path: '/files?registry=HQR', find: 'main .tree a[href^="/files/"]', who: 'everyone' },
  { name: 'file-new', path: '/files/new?registry=HQR', who: REGISTRARS },
  { name: 'file-change', path: '/files?registry=HQR', find: 'main .tree a[href^="/files/"]', then: '/change', who: REGISTRARS },
  { name: 'document-files', path: '/search?q=meteorological+forecasts+warnings', find: 'main a[href^="/documents/"]', then: '/files', who: REGISTRARS },
  { name: 'document-copies', path: '/custody/copies?registry=HQR&state=all', find: 'main table tbody a[href^="/documents/"]', then: '/copies', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'custody', path: '/custody', who: CUSTODIANS },
  { name: 'custody-hqr', path: '/custody?registry=HQR', who: HQR_STAFF },
  { name: 'custody-find', path: '/custody/find?registry=HQR&q=NS-9999/2026/1', who: HQR_STAFF, status: 422 },
  { name: 'custody-copies', path: '/custody/copies?registry=HQR', who: HQR_STAFF },
  { name: 'custody-copies-all', path: '/custody/copies?registry=HQR&state=all&order=since', who: HQR_STAFF },
  { name: 'custody-copies-none', path: '/custody/copies?registry=HQR&log=BOHEMIA', who: HQR_STAFF },
  { name: 'custody-copy', path: '/custody/copies?registry=HQR', find: 'main table tbody a[href^="/custody/copies/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'custody-copy-destroyed', path: '/custody/copies?registry=HQR&state=destroyed', find: 'main table tbody a[href^="/custody/copies/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'custody-send', path: '/custody/do/send?registry=HQR', who: HQR_STAFF },
  { name: 'custody-keep', path: '/custody/do/keep?registry=HQR', who: HQR_STAFF },
  { name: 'custody-prolong', path: '/custody/do/prolong?registry=HQR', who: HQR_STAFF },
  { name: 'custody-loans', path: '/custody/copies?registry=HQR&loan=out&order=back', who: HQR_STAFF },
  { name: 'working-papers', path: '/custody/working-papers?registry=HQR', who: HQR_STAFF },
  { name: 'papers-in-no-log', path: '/custody/working-papers?registry=HQR&state=others', who: HQR_STAFF },
  { name: 'custody-draw-up', path: '/custody/do/draw-up?registry=HQR', who: HQR_STAFF },
  { name: 'custody-miss', path: '/custody/do/miss?registry=HQR', who: HQR_STAFF },
  { name: 'custody-report', path: '/custody/do/report?registry=HQR', who: HQR_STAFF },
  { name: 'custody-release', path: '/custody/do/release?registry=HQR', who: HQR_STAFF },
  { name: 'receipts', path: '/custody/receipts?registry=HQR', who: HQR_STAFF },
  { name: 'receipts-all', path: '/custody/receipts?registry=HQR&state=all', who: HQR_STAFF },
  { name: 'receipt-due', path: '/custody/receipts?registry=HQR', find: 'main table tbody a[href^="/custody/receipts/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'receipt-given', path: '/custody/receipts?registry=HQR&state=given', find: 'main table tbody a[href^="/custody/receipts/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'destruction', path: '/custody/destruction?registry=HQR&state=all', who: HQR_STAFF },
  { name: 'destruction-certificate', path: '/custody/destruction?registry=HQR&state=destroyed', find: 'main table tbody a[href^="/custody/destruction/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'destruction-withdrawn', path: '/custody/destruction?registry=HQR&state=withdrawn', find: 'main table tbody a[href^="/custody/destruction/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'incidents', path: '/custody/incidents?registry=HQR&state=all', who: HQR_STAFF },
  { name: 'incident', path: '/custody/incidents?registry=HQR&state=all', find: 'main table tbody a[href^="/custody/incidents/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'musters', path: '/custody/musters?registry=HQR', who: HQR_STAFF },
  { name: 'muster-new', path: '/custody/musters/new?registry=HQR', who: HQR_STAFF },
  { name: 'muster', path: '/custody/musters?registry=HQR&state=counts', find: 'main table tbody a[href^="/custody/musters/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'muster-signed', path: '/custody/musters?registry=HQR&state=signed', find: 'main table tbody a[href^="/custody/musters/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'muster-abandoned', path: '/custody/musters?registry=HQR&state=abandoned', find: 'main table tbody a[href^="/custody/musters/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'muster-count', path: '/custody/musters?registry=HQR&state=counts', find: 'main table tbody a[href^="/custody/musters/"]', then: '/count', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'containers', path: '/custody/containers?registry=HQR', who: HQR_STAFF },
  { name: 'book-packages', path: '/custody/books/packages?registry=HQR', who: HQR_STAFF },
  { name: 'book-packages-new', path: '/custody/books/packages/new?registry=HQR', who: HQR_STAFF },
  { name: 'book-package', path: '/custody/books/packages?registry=HQR', find: 'main table tbody a[href^="/custody/books/packages/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'book-journeys', path: '/custody/books/journeys?registry=HQR', who: HQR_STAFF },
  { name: 'book-journeys-new', path: '/custody/books/journeys/new?registry=HQR', who: HQR_STAFF },
  { name: 'book-journey', path: '/custody/books/journeys?registry=HQR', find: 'main table tbody a[href^="/custody/books/journeys/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'book-correspondents', path: '/custody/books/correspondents?registry=HQR', who: HQR_STAFF },
  { name: 'book-correspondents-new', path: '/custody/books/correspondents/new?registry=HQR', who: HQR_STAFF },
  { name: 'book-correspondent', path: '/custody/books/correspondents?registry=HQR', find: 'main table tbody a[href^="/custody/books/correspondents/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'book-routes', path: '/custody/books/routes?registry=HQR', who: HQR_STAFF },
  { name: 'book-routes-new', path: '/custody/books/routes/new?registry=HQR', who: CONTROLLERS },
  { name: 'book-route', path: '/custody/books/routes?registry=HQR', find: 'main table tbody a[href^="/custody/books/routes/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'book-appointments', path: '/custody/books/appointments?registry=HQR', who: HQR_STAFF },
  { name: 'book-appointments-new', path: '/custody/books/appointments/new?registry=HQR', who: CONTROLLERS },
  { name: 'book-appointment', path: '/custody/books/appointments?registry=HQR', find: 'main table tbody a[href^="/custody/books/appointments/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'book-equipment', path: '/custody/books/equipment?registry=HQR', who: HQR_STAFF },
  { name: 'book-equipment-new', path: '/custody/books/equipment/new?registry=HQR', who: HQR_STAFF },
  { name: 'book-equipment-one', path: '/custody/books/equipment?registry=HQR', find: 'main table tbody a[href^="/custody/books/equipment/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'book-transfers', path: '/custody/books/transfers?registry=HQR', who: HQR_STAFF },
  { name: 'book-transfers-new', path: '/custody/books/transfers/new?registry=HQR', who: HQR_STAFF },
  { name: 'book-transfer', path: '/custody/books/transfers?registry=HQR', find: 'main table tbody a[href^="/custody/books/transfers/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'book-distributions', path: '/custody/books/distributions?registry=HQR', who: HQR_STAFF },
  { name: 'book-distributions-new', path: '/custody/books/distributions/new?registry=HQR', who: HQR_STAFF },
  { name: 'book-distribution', path: '/custody/books/distributions?registry=HQR', find: 'main table tbody a[href^="/custody/books/distributions/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'book-instructions', path: '/custody/books/instructions?registry=HQR', who: HQR_STAFF },
  { name: 'book-instructions-new', path: '/custody/books/instructions/new?registry=HQR', who: HQR_STAFF },
  { name: 'book-instruction', path: '/custody/books/instructions?registry=HQR', find: 'main table tbody a[href^="/custody/books/instructions/"]', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'distribution-form', path: '/custody/copies?registry=HQR&state=all', find: 'main table tbody a[href^="/documents/"]', then: '/distribute', who: HQR_STAFF, found: HQR_STAFF },
  { name: 'book-packages-none', path: '/custody/books/packages?registry=HQR&state=closed', who: HQR_STAFF },
  { name: 'holdings', path: '/holdings', who: 'everyone' },
  { name: 'holdings-since', path: '/holdings?order=since-down', who: 'everyone' },
  { name: 'search', path: '/search?q=exercise', who: 'everyone' },
  { name: 'search-empty', path: '/search?q=zzzzzz', who: 'everyone' },
  { name: 'series', path: '/series', who: REGISTRARS },
  { name: 'continuity', path: '/series/MCM', who: REGISTRARS },
  { name: 'cases', path: '/cases', who: 'everyone' },
  { name: 'cases-none', path: '/cases?q=zzzzzz', who: 'everyone' },
  { name: 'case', path: '/cases?state=all', find: 'main table tbody a[href^="/cases/"]', who: 'everyone', found: ['solheim'] },
  { name: 'case-comments', path: '/cases?state=all&procedure=tasker&q=winter', find: 'main table tbody a[href^="/cases/"]', then: '/comments', who: 'everyone', found: ['maddison'] },
  { name: 'case-procedures', path: '/cases/new', who: 'everyone' },
  { name: 'case-form', path: '/cases/new/tasker', who: 'everyone' },
  { name: 'case-board', path: '/cases/board/tasker', who: 'everyone' },
  { name: 'case-tasks', path: '/cases/tasks', who: 'everyone' },
  { name: 'case-tasks-none', path: '/cases/tasks?state=done&over=2019-01-01..2019-01-02', who: 'everyone' },
  { name: 'case-figures', path: '/cases/figures?period=quarter', who: 'everyone' },
  { name: 'own-tasks', path: '/tasks', who: 'everyone' },
  { name: 'organisation', path: '/organisation', who: 'everyone' },
  { name: 'organisation-before', path: '/organisation?day=2020-01-01', who: 'everyone' },
  { name: 'unit', path: '/organisation/units/OPS', who: 'everyone' },
  { name: 'post', path: '/organisation/posts/LOR-1', who: 'everyone' },
  { name: 'post-vacant', path: '/organisation/posts/COS', who: 'everyone' },
  { name: 'person-in-posts', path: '/organisation/posts/OPS-1', find: 'main a[href^="/organisation/people/"]', who: 'everyone' },
  { name: 'leave', path: '/leave', who: 'everyone' },
  { name: 'contacts', path: '/contacts', who: 'everyone' },
  { name: 'contacts-none', path: '/contacts?q=zzzzzz', who: 'everyone' },
  { name: 'contact', path: '/contacts', find: 'main table tbody a[href^="/contacts/"]', who: 'everyone' },
  { name: 'distribution-lists', path: '/lists', who: 'everyone' },
  { name: 'distribution-list', path: '/lists/DIV-HEADS', who: 'everyone' },
  { name: 'unit-new', path: '/organisation/do/establish-unit', who: ADMINISTRATORS },
  { name: 'unit-change', path: '/organisation/do/change-unit?of=OPS', who: ADMINISTRATORS },
  { name: 'post-new', path: '/organisation/do/establish-post?of=OPS', who: ADMINISTRATORS },
  { name: 'post-take-up', path: '/organisation/do/take-up?of=COS', who: ADMINISTRATORS },
  { name: 'contact-new', path: '/organisation/do/enter-contact', who: ADMINISTRATORS },
  { name: 'list-change', path: '/organisation/do/change-list?of=DIV-HEADS', who: ADMINISTRATORS },
  { name: 'people', path: '/people', who: KEEPERS },
  { name: 'person', path: '/people', find: 'main table tbody a[href]', who: KEEPERS },
  { name: 'person-change', path: '/people', find: 'main table tbody a[href]', then: '/change', who: KEEPERS },
  { name: 'person-specimen', path: '/people', find: 'main table tbody a[href]', then: '/propose?is=specimen', who: OFFICERS },
  { name: 'person-extend', path: '/people', find: 'main table tbody a[href]', then: '/propose?is=extension', who: OFFICERS },
  { name: 'house', path: '/house', who: KEEPERS },
  { name: 'house-new', path: '/house/new?what=registry', who: ADMINISTRATORS },
  { name: 'house-group', path: '/house/new?what=group', who: KEEPERS },
  { name: 'house-series', path: '/house/new?what=series', who: ADMINISTRATORS },
  { name: 'house-registry', path: '/house/registries/HQR', who: ADMINISTRATORS },
  { name: 'people-ending', path: '/people/ending', who: OFFICERS },
  { name: 'people-directory', path: '/people/directory', who: OFFICERS },
  { name: 'person-new', path: '/people/new', who: KEEPERS },
  { name: 'ledger', path: '/ledger', who: INSPECTORS },
  { name: 'searches', path: '/searches', who: 'everyone' },
  { name: 'watches', path: '/watches', who: 'everyone' },
  { name: 'watch-new', path: '/watches/new?q=exercise', who: 'everyone' },
  { name: 'keys', path: '/keys', who: 'everyone' },
  { name: 'change-user', path: '/change-user', who: 'everyone' },
  { name: 'drafts', path: '/drafts', who: 'everyone' },
  { name: 'quality', path: '/quality', who: REGISTRARS },
  { name: 'quality-month', path: '/quality?by=month', who: REGISTRARS },
  { name: 'quality-papers', path: '/quality/papers?rule=no-reference', who: REGISTRARS },
  { name: 'account', path: '/account', who: 'everyone' },
  { name: 'not-found', path: '/documents/00000000000000000000000000000000', who: 'everyone', status: 404 },
];
