// Reads every calendar that the test suite recorded with ical.js, which is not ours, and compares its events with the actions of the same record.
// usage: node check-calendars.mjs exchanges.jsonl
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import ICAL from 'ical.js';

const [exchangesFile] = process.argv.slice(2);
if (!exchangesFile) {
  console.error('usage: node check-calendars.mjs exchanges.jsonl');
  process.exit(2);
}

ICAL.design.strict = true;
const statuses = { proposed: 'TENTATIVE', cancelled: 'CANCELLED', rejected: 'CANCELLED' };
const stamp = (instant) => `${instant.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

// By the UID that its event has, all versions that were answered of an action.
const actions = new Map();
function* found(value) {
  if (value === null || typeof value !== 'object') return;
  if (value.key && typeof value.createdAt === 'string' && value.title !== undefined && value.dueDate !== undefined && value.version) yield value;
  for (const member of Object.values(value)) yield* found(member);
}

const calendars = [];
for await (const line of createInterface({ input: createReadStream(exchangesFile), crlfDelay: Infinity })) {
  const exchange = line.includes('VCALENDAR') || line.includes('dueDate') ? JSON.parse(line) : {};
  if (exchange.contentType?.startsWith('text/calendar') && exchange.status === 200 && exchange.method === 'GET') calendars.push(exchange);
  if (!/[/+]json/.test(exchange.contentType ?? '') || exchange.status >= 300 || !exchange.body) continue;
  for (const action of found(JSON.parse(exchange.body))) {
    const uid = `${action.key}-${stamp(action.createdAt)}@action-plan`;
    actions.set(uid, [...actions.get(uid) ?? [], action]);
  }
}

let events = 0, compared = 0;

function* faults(text) {
  if (!text.endsWith('END:VCALENDAR\r\n') || /(^|[^\r])\n|\r(?!\n)/.test(text)) yield 'lines do not all end in CR LF';
  for (const line of text.split('\r\n')) if (Buffer.byteLength(line) > 75) yield `a line is longer than 75 octets: ${line}`;

  const calendar = new ICAL.Component(ICAL.parse(text));
  // What is read and written again says the same.
  if (JSON.stringify(ICAL.parse(calendar.toString())) !== JSON.stringify(calendar.toJSON())) yield 'written again it says something else';
  if (calendar.getFirstPropertyValue('version') !== '2.0' || !calendar.getFirstPropertyValue('prodid')) yield 'no VERSION or PRODID';
  if (calendar.getFirstPropertyValue('x-wr-calname') === null) yield 'no name';
  if (calendar.getAllSubcomponents().length === 0) yield 'no component';
  const others = calendar.getAllSubcomponents().filter((part) => part.name !== 'vevent' || part.getAllSubcomponents().length > 0);
  if (others.length > 0 && calendar.getAllSubcomponents().map((part) => part.name).join() !== 'vtimezone') yield 'something else than events';

  const seen = new Set();
  for (const part of calendar.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(part);
    events++;
    if (!event.uid || seen.has(event.uid)) yield `no UID of its own: ${event.uid}`;
    seen.add(event.uid);
    for (const name of ['dtstamp', 'dtstart', 'summary', 'sequence', 'last-modified', 'status', 'url']) if (part.getAllProperties(name).length !== 1) yield `${event.uid} lacks ${name}, or has it twice`;
    if (!event.startDate.isDate || event.duration.toSeconds() !== 86400) yield `${event.uid} is no whole day`;
    const tags = part.getFirstProperty('categories')?.getValues() ?? [];
    const told = JSON.stringify([event.summary, event.startDate.toString(), part.getFirstPropertyValue('status'), tags]);
    const known = (actions.get(event.uid) ?? []).filter((action) => action.version === event.sequence && Array.isArray(action.tags) && action.status)
      .map((action) => JSON.stringify([action.title, action.dueDate, action.deletedAt ? 'CANCELLED' : statuses[action.status] ?? 'CONFIRMED', action.tags]));
    if (known.length === 0) continue;
    compared++;
    if (!known.includes(told)) yield `${event.uid} tells ${told}, the action ${[...new Set(known)].join(' or ')}`;
  }
}

let wrong = 0;
for (const { path, body } of calendars) {
  let all;
  try {
    all = [...faults(body)];
  } catch (error) {
    all = [`cannot be read: ${error.message}`];
  }
  for (const fault of all) console.log(`${path}: ${fault}`);
  wrong += all.length;
}

console.log(`calendars: ${calendars.length} read, ${events} events, ${compared} compared with their actions, ${wrong} faults`);
process.exitCode = wrong > 0 || calendars.length === 0 || compared === 0 ? 1 : 0;
