/**
 * Who may do what, on every route of the running application; written by hand and apart from the policies. Each
 * cell says what is answered: `200`, or status and code of a refusal.
 *
 * The object of a request belongs to the province's Party committee (Tỉnh ủy Lam Giang): a document that it wrote,
 * one that arrived there, its dead letter, its key, its signing operation. Three agencies' people try each route.
 */

/** The same for people of every agency; or for the own, another of the same bloc, and one of the other bloc. */
type Cell = string | readonly [own: string, sameBloc: string, otherBloc: string];

export interface RouteRow {
  readonly anonymous: string;
  /** Logged in, but without any role. */
  readonly outsider: string;
  readonly drafter: Cell;
  readonly clerk: Cell;
  readonly leader: Cell;
  readonly inspector: Cell;
  readonly administrator: Cell;
}

const login = '401 NOT_LOGGED_IN';
const denied = '403 POLICY_DENIED';

/** To other agencies there is no such thing. */
const own = (outcome: string, others: string): Cell => [outcome, others, others];
const ownDocument = (outcome: string): Cell => own(outcome, '404 DOCUMENT_NOT_FOUND');
const ownArrival = (outcome: string): Cell => own(outcome, '404 INCOMING_NOT_FOUND');
const ownGroup = (outcome: string): Cell => own(outcome, '404 RECIPIENT_GROUP_NOT_FOUND');
const ownVolume = (outcome: string): Cell => own(outcome, '404 REGISTER_VOLUME_NOT_FOUND');
const administered = (outcome: string): Cell => own(outcome, '404 NOT_ADMINISTERED');
const noArrival = '404 INCOMING_NOT_FOUND';
const ownLetter = own('200', '404 DEAD_LETTER_NOT_FOUND');

const nobody: RouteRow = {
  anonymous: login,
  outsider: denied,
  drafter: denied,
  clerk: denied,
  leader: denied,
  inspector: denied,
  administrator: denied,
};
const everybody = (outcome: string): RouteRow => ({
  anonymous: outcome,
  outsider: outcome,
  drafter: outcome,
  clerk: outcome,
  leader: outcome,
  inspector: outcome,
  administrator: outcome,
});
const loggedIn = (outcome: string): RouteRow => ({ ...everybody(outcome), anonymous: login });
const only = (cells: Partial<RouteRow>): RouteRow => ({ ...nobody, ...cells });

const lead: RouteRow = only({
  drafter: ownArrival('200'),
  clerk: ownArrival('403 NOT_THE_LEAD'),
  leader: ownArrival('403 NOT_THE_LEAD'),
});

/** By method and path as Express has them; what follows a # tells several ways of asking the same route apart. */
export const routeTable: Readonly<Record<string, RouteRow>> = {
  // The node itself.
  'GET /health/live': everybody('200'),
  'GET /health/ready': everybody('200'),
  'GET /api/docs': everybody('200'),
  'GET /api/docs/': everybody('200'),
  'GET /api/docs/LICENSE': everybody('404 NOT_FOUND'),
  'GET /api/docs/index.html': everybody('200'),
  'GET /api/docs/swagger-ui-init.js': everybody('200'),
  'GET /api/docs/docs/swagger-ui-init.js': everybody('200'),
  'GET /api/docs-json': everybody('200'),
  'GET /api/docs-yaml': everybody('200'),

  // Sessions.
  'POST /api/v1/session': everybody('201'),
  'GET /api/v1/session': loggedIn('200'),
  'POST /api/v1/session/office': loggedIn('200'),
  // The demo's password is the present one: it is known, and not changed to itself.
  'POST /api/v1/session/password': loggedIn('422 PASSWORD_WEAK'),
  'PUT /api/v1/session/preferences': loggedIn('200'),
  'DELETE /api/v1/session': loggedIn('204'),

  // Directory: the same for all who work here.
  'GET /api/v1/agencies': loggedIn('200'),
  'GET /api/v1/agencies/:id': loggedIn('200'),
  'GET /api/v1/people': loggedIn('200'),
  'GET /api/v1/people/:id': loggedIn('200'),
  'GET /api/v1/bodies': loggedIn('200'),

  // Keys: everybody sees the own; an administrator releases those of the own agency and those below it.
  'GET /api/v1/keys': loggedIn('200'),
  'POST /api/v1/keys/:id/release': only({ administrator: own('204', '404 KEY_NOT_FOUND') }),

  // The directory is changed by administrators, each of the own agency and those below it.
  'GET /api/v1/admin/agencies': only({ administrator: '200' }),
  'GET /api/v1/admin/agencies/:id': only({ administrator: administered('200') }),
  'POST /api/v1/admin/agencies': only({ administrator: administered('201') }),
  'PATCH /api/v1/admin/agencies/:id': only({ administrator: administered('200') }),
  'POST /api/v1/admin/agencies/:id/end': only({ administrator: administered('200') }),
  'GET /api/v1/admin/bodies': only({ administrator: administered('200') }),
  'GET /api/v1/admin/bodies/types': only({ administrator: administered('200') }),
  'POST /api/v1/admin/bodies': only({ administrator: administered('201') }),
  'PATCH /api/v1/admin/bodies/:id': only({ administrator: administered('200') }),
  'POST /api/v1/admin/bodies/:id/end': only({ administrator: administered('200') }),
  'GET /api/v1/admin/posts': only({ administrator: administered('200') }),
  'POST /api/v1/admin/posts': only({ administrator: administered('201') }),
  'PATCH /api/v1/admin/posts/:id': only({ administrator: administered('200') }),
  'POST /api/v1/admin/posts/:id/end': only({ administrator: administered('200') }),
  'GET /api/v1/admin/certificates': only({ administrator: '200' }),
  'GET /api/v1/admin/certificates/forecast': only({ administrator: '200' }),
  // What is sent is no certificate and no key: see certificates.spec.ts for those that are.
  'POST /api/v1/admin/certificates': only({ administrator: '422 CERTIFICATE_UNREADABLE' }),
  'POST /api/v1/admin/keys': only({ administrator: '422 PKCS12_DAMAGED' }),
  'POST /api/v1/admin/certificates/:id/withdraw': only({ administrator: administered('204') }),
  'GET /api/v1/admin/health': only({ inspector: '200', administrator: '200' }),
  'GET /api/v1/admin/accounts': only({ administrator: '200' }),
  'POST /api/v1/admin/people/:id/account': only({ administrator: administered('201') }),
  'POST /api/v1/admin/people/:id/account/reset': only({ administrator: administered('200') }),
  'POST /api/v1/admin/people/:id/account/lock': only({ administrator: administered('204') }),
  'POST /api/v1/admin/people/:id/account/unlock': only({ administrator: administered('204') }),

  // What a leader lets others do, of the own agency.
  'GET /api/v1/delegations': only({ drafter: '200', clerk: '200', leader: '200', administrator: '200' }),
  'POST /api/v1/delegations': only({ leader: own('201', '422 DELEGATE_UNFIT') }),
  'POST /api/v1/delegations/:id/end': only({
    leader: own('200', '404 DELEGATION_NOT_FOUND'),
    administrator: own('200', '404 DELEGATION_NOT_FOUND'),
  }),
  'GET /api/v1/admin/people': only({ administrator: '200' }),
  'GET /api/v1/admin/people/:id': only({ administrator: administered('200') }),
  'POST /api/v1/admin/people': only({ administrator: administered('201') }),
  'PATCH /api/v1/admin/people/:id': only({ administrator: administered('200') }),
  'POST /api/v1/admin/people/:id/appointments': only({ administrator: administered('201') }),
  'PATCH /api/v1/admin/appointments/:id': only({ administrator: administered('200') }),
  'POST /api/v1/admin/appointments/:id/end': only({ administrator: administered('200') }),

  // The trail: inspectors alone.
  'GET /api/v1/audit/entries': only({ inspector: '200' }),
  'GET /api/v1/audit/history': only({ inspector: '200' }),
  'GET /api/v1/audit/people': only({ inspector: '200' }),
  'GET /api/v1/audit/documents': only({ inspector: '200' }),
  'GET /api/v1/audit/documents/:id/timeline': only({ inspector: '200' }),
  'GET /api/v1/audit/documents/:id/readers': only({ inspector: '200' }),
  'GET /api/v1/audit/flags': only({ inspector: '200' }),
  'GET /api/v1/audit/export': only({ inspector: '200' }),
  'GET /api/v1/mandates': only({ leader: '200', inspector: '200' }),
  'POST /api/v1/mandates': only({ leader: own('201', '422 MANDATE_OUT_OF_REACH') }),
  'POST /api/v1/mandates/:id/confirm': only({
    leader: own('403 MANDATE_SECOND_PERSON', '404 MANDATE_NOT_FOUND'),
  }),
  'POST /api/v1/mandates/:id/close': only({ leader: own('200', '404 MANDATE_NOT_FOUND') }),

  // Outgoing documents: never for inspectors and administrators.
  'POST /api/v1/documents': only({ drafter: own('201', '422 BODY_NOT_FOUND') }),
  'GET /api/v1/documents': only({ drafter: '200', clerk: '200', leader: '200' }),
  'GET /api/v1/documents/waiting': only({ drafter: '200', clerk: '200', leader: '200' }),
  'GET /api/v1/documents/waiting/counts': only({ drafter: '200', clerk: '200', leader: '200' }),
  'GET /api/v1/documents/:id': only({
    drafter: ownDocument('200'),
    clerk: ownDocument('200'),
    leader: ownDocument('200'),
  }),
  'POST /api/v1/documents/:id/files': only({ drafter: ownDocument('201') }),
  'GET /api/v1/documents/:id/files/:fileId/content': only({
    drafter: ownDocument('200'),
    clerk: ownDocument('200'),
    leader: ownDocument('200'),
  }),
  'PUT /api/v1/documents/:id/files/order': only({ drafter: ownDocument('200') }),
  'PUT /api/v1/documents/:id/files/:fileId': only({ drafter: ownDocument('200') }),
  'DELETE /api/v1/documents/:id/files/:fileId': only({ drafter: ownDocument('204') }),
  'PATCH /api/v1/documents/:id': only({ drafter: ownDocument('200') }),
  'GET /api/v1/documents/last-recipients': only({ drafter: '200', clerk: '200', leader: '200' }),
  'POST /api/v1/documents/:id/signer': only({ drafter: ownDocument('200'), clerk: ownDocument('200') }),
  'GET /api/v1/documents/:id/drafts': only({
    drafter: ownDocument('200'),
    clerk: ownDocument('200'),
    leader: ownDocument('200'),
  }),
  // None of its drafts was returned, as whoever may read it is told.
  'GET /api/v1/documents/:id/changes': only({
    drafter: ownDocument('404 DRAFT_NOT_RETURNED'),
    clerk: ownDocument('404 DRAFT_NOT_RETURNED'),
    leader: ownDocument('404 DRAFT_NOT_RETURNED'),
  }),
  'POST /api/v1/documents/read-form': only({ drafter: '200', clerk: '200' }),
  'GET /api/v1/documents/:id/format-check': only({
    drafter: ownDocument('200'),
    clerk: ownDocument('200'),
    leader: ownDocument('200'),
  }),
  'PUT /api/v1/documents/:id/layout': only({ drafter: ownDocument('200'), clerk: ownDocument('200') }),
  'POST /api/v1/documents/:id/submit': only({ drafter: ownDocument('200') }),
  // The step is the clerk's.
  'POST /api/v1/documents/:id/initial': only({
    drafter: ownDocument('403 NOT_YOUR_STEP'),
    clerk: ownDocument('200'),
    leader: ownDocument('403 NOT_YOUR_STEP'),
  }),
  'POST /api/v1/documents/:id/return': only({
    drafter: ownDocument('403 NOT_YOUR_STEP'),
    clerk: ownDocument('200'),
    leader: ownDocument('200'),
  }),
  'POST /api/v1/documents/:id/approve': only({ leader: ownDocument('200') }),
  'POST /api/v1/documents/:id/number': only({ clerk: ownDocument('200') }),
  'POST /api/v1/documents/:id/issue': only({ clerk: ownDocument('200') }),
  'POST /api/v1/documents/:id/cancel': only({ clerk: ownDocument('200'), leader: ownDocument('200') }),

  // Copies of what is issued, and of what was accepted; this arrival was not.
  'GET /api/v1/documents/:id/copies': only({ clerk: ownDocument('200') }),
  'POST /api/v1/documents/:id/copies': only({ clerk: ownDocument('201') }),
  'GET /api/v1/incoming/:id/copies': only({ clerk: ownArrival('409 COPY_SOURCE_NOT_FINAL') }),
  'POST /api/v1/incoming/:id/copies': only({ clerk: ownArrival('409 COPY_SOURCE_NOT_FINAL') }),

  // Paper of an issued document, and who signed for it.
  'GET /api/v1/documents/:id/dispatches': only({
    drafter: ownDocument('200'),
    clerk: ownDocument('200'),
    leader: ownDocument('200'),
  }),
  'POST /api/v1/documents/:id/dispatches/:n/handed': only({ clerk: ownDocument('200') }),
  'POST /api/v1/documents/:id/dispatches/:n/received': only({ clerk: ownDocument('200') }),
  'POST /api/v1/documents/:id/dispatches/:n/told': only({ clerk: ownDocument('200') }),

  // Groups of recipients: each agency its own.
  'GET /api/v1/recipient-groups': only({ drafter: '200', clerk: '200' }),
  'POST /api/v1/recipient-groups': only({ drafter: '201', clerk: '201' }),
  'PUT /api/v1/recipient-groups/:id': only({ drafter: ownGroup('200'), clerk: ownGroup('200') }),
  'DELETE /api/v1/recipient-groups/:id': only({ drafter: ownGroup('204'), clerk: ownGroup('204') }),

  // Signatures: the leader's own, the agency's by its clerk.
  'POST /api/v1/signing-operations #personal': only({
    leader: ownDocument('201'),
    clerk: ownDocument('403 ROLE_NOT_ALLOWED'),
  }),
  'POST /api/v1/signing-operations #agency': only({
    leader: ownDocument('403 ROLE_NOT_ALLOWED'),
    clerk: ownDocument('201'),
  }),
  'POST /api/v1/signing-operations/:id/confirm #personal': only({
    leader: own('200', '404 OPERATION_NOT_FOUND'),
    clerk: '404 OPERATION_NOT_FOUND',
  }),
  'POST /api/v1/signing-operations/:id/confirm #agency': only({
    leader: '404 OPERATION_NOT_FOUND',
    clerk: own('200', '404 OPERATION_NOT_FOUND'),
  }),

  // What became of an issued document.
  'GET /api/v1/documents/:id/deliveries': only({
    drafter: ownDocument('200'),
    clerk: ownDocument('200'),
    leader: ownDocument('200'),
  }),
  'GET /api/v1/documents/:id/evidence': only({
    clerk: ownDocument('200'),
    leader: ownDocument('200'),
    inspector: ownDocument('200'),
  }),
  'POST /api/v1/documents/:id/take-back': only({ clerk: ownDocument('200'), leader: ownDocument('200') }),
  'POST /api/v1/documents/:id/recall': only({ clerk: ownDocument('200'), leader: ownDocument('200') }),
  'POST /api/v1/documents/:id/replace': only({ clerk: ownDocument('200'), leader: ownDocument('200') }),
  'POST /api/v1/documents/:id/correct': only({ clerk: ownDocument('200'), leader: ownDocument('200') }),
  'GET /api/v1/dead-letters': only({ clerk: '200', administrator: '200' }),
  'POST /api/v1/dead-letters/:id/resend': only({ clerk: ownLetter, administrator: ownLetter }),

  // What people are told: each reads the own notices.
  'GET /api/v1/notices': loggedIn('200'),
  'POST /api/v1/notices/read': loggedIn('200'),
  'GET /api/v1/notices/stream': loggedIn('200'),
  // Found by everybody who works with documents: drafters find their own.
  'GET /api/v1/search': only({ drafter: '200', clerk: '200', leader: '200' }),

  // What leaders and the monitoring desk look at, of their own agency.
  'GET /api/v1/statistics/exchange': only({ clerk: '200', leader: '200' }),
  'GET /api/v1/monitor': only({ clerk: '200', leader: '200' }),

  // Registers: what clerks keep and leaders look at.
  'GET /api/v1/registers/:name': only({ clerk: '200', leader: '200' }),
  'GET /api/v1/registers/:name/export': only({ clerk: '200', leader: '200' }),
  'GET /api/v1/registers/volumes': only({ clerk: '200', leader: '200' }),
  'POST /api/v1/registers/volumes/:id/close': only({ clerk: ownVolume('200') }),
  'GET /api/v1/registers/volumes/:id/content': only({
    clerk: ownVolume('200'),
    leader: ownVolume('200'),
  }),

  // Incoming documents. A drafter sees what is assigned to them; this one is not.
  'GET /api/v1/incoming': only({ drafter: '200', clerk: '200', leader: '200' }),
  'GET /api/v1/incoming/paper/types': only({ clerk: '200' }),
  'GET /api/v1/incoming/counts': only({ drafter: '200', clerk: '200', leader: '200' }),
  'GET /api/v1/incoming/:id': only({
    drafter: noArrival,
    clerk: ownArrival('200'),
    leader: ownArrival('200'),
  }),
  'GET /api/v1/incoming/:id #assigned': only({
    drafter: ownArrival('200'),
    clerk: ownArrival('200'),
    leader: ownArrival('200'),
  }),
  'GET /api/v1/incoming/:id/files/:fileId/content': only({
    drafter: noArrival,
    clerk: ownArrival('200'),
    leader: ownArrival('200'),
  }),
  'POST /api/v1/incoming/:id/verify': only({ clerk: ownArrival('200'), leader: ownArrival('200') }),
  'POST /api/v1/incoming/:id/accept': only({ clerk: ownArrival('200') }),
  'POST /api/v1/incoming/:id/refuse': only({ clerk: ownArrival('200') }),
  'POST /api/v1/incoming/:id/take-back/agree': only({ clerk: ownArrival('200'), leader: ownArrival('200') }),
  'POST /api/v1/incoming/:id/take-back/refuse': only({ clerk: ownArrival('200'), leader: ownArrival('200') }),
  'POST /api/v1/incoming/paper': only({ clerk: '201' }),
  'POST /api/v1/incoming/:id/files': only({ clerk: ownArrival('201') }),

  // What happens to them inside the agency: the lead is the drafter.
  'POST /api/v1/incoming/:id/submit': only({ clerk: ownArrival('200') }),
  'POST /api/v1/incoming/:id/return': only({ leader: ownArrival('200') }),
  'POST /api/v1/incoming/:id/instruct': only({ leader: ownArrival('200') }),
  'POST /api/v1/incoming/:id/start': lead,
  'POST /api/v1/incoming/:id/relief': lead,
  'POST /api/v1/incoming/:id/complete': lead,
};
