// Holds every HTTP exchange that the test suite recorded against openapi.json.
// usage: node check-exchanges.mjs openapi.json exchanges.jsonl
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const [documentFile, exchangesFile] = process.argv.slice(2);
if (!exchangesFile) {
  console.error('usage: node check-exchanges.mjs openapi.json exchanges.jsonl');
  process.exit(2);
}

const document = JSON.parse(readFileSync(documentFile, 'utf8'));
const basePath = new URL(document.servers[0].url).pathname;

// Served under the base path, but no part of the contract.
const outside = /^\/openapi(\.v2)?\.json$/;

// A node of the document together with its JSON pointer, which is how ajv is asked for a schema.
const root = { node: document, pointer: '' };
const child = ({ node, pointer }, key) => {
  if (!Object.hasOwn(node ?? {}, key)) return undefined;
  const next = { node: node[key], pointer: `${pointer}/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}` };
  const ref = next.node?.$ref;
  return ref === undefined ? next : ref.slice(2).split('/').map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')).reduce(child, root);
};
const find = (start, ...keys) => keys.reduce((at, key) => at && child(at, key), start);

// Schemas

const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true, logger: false });
addFormats(ajv);
ajv.addSchema(document, 'openapi');

const validators = new Map();
const validator = (pointer) => {
  if (!validators.has(pointer)) validators.set(pointer, ajv.compile({ $ref: `openapi#${pointer}` }));
  return validators.get(pointer);
};

const anyIndex = (pointer) => pointer.replace(/\/\d+(?=\/|$)/g, '/*');

function schemaFaults(schema, body) {
  const validate = validator(schema.pointer);
  if (validate(body)) return [];
  return validate.errors.map(({ instancePath, keyword, message, params }) => {
    const at = anyIndex(instancePath);
    const extra = params.additionalProperty ?? params.unevaluatedProperty;
    if (extra !== undefined) return undescribed(`${at}/${extra}`);
    const allowed = params.allowedValues ?? params.allowedValue;
    return `${at || 'body'} ${message}${allowed === undefined ? '' : ` ${JSON.stringify(allowed)}`} (${keyword})`;
  });
}

const undescribed = (at) => `${at} is answered but not described`;

// The schema itself and every part of it that may describe the same value.
function* parts(schema) {
  if (schema === undefined || typeof schema.node !== 'object') return;
  yield schema;
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    for (const key of Object.keys(schema.node[keyword] ?? {})) yield* parts(find(schema, keyword, key));
  }
}

// What a value may hold by all the schemas that describe it, worked out once.
const shapes = new Map();
function shapeOf(schemas) {
  const key = schemas.map(({ pointer }) => pointer).join();
  if (!shapes.has(key)) {
    const all = schemas.flatMap((schema) => [...parts(schema)]);
    const objects = all.filter(({ node }) => node.properties || node.additionalProperties !== undefined || node.type === 'object');
    const items = all.map((schema) => child(schema, 'items')).filter(Boolean);
    const maps = objects.map((schema) => child(schema, 'additionalProperties')).filter((map) => typeof map?.node === 'object');
    shapes.set(key, { objects, items, maps, open: objects.length === 0 || objects.some(({ node }) => node.additionalProperties === true), properties: new Map() });
  }
  return shapes.get(key);
}

function propertyOf(shape, name) {
  if (!shape.properties.has(name)) {
    const own = shape.objects.map((schema) => find(schema, 'properties', name)).filter(Boolean);
    shape.properties.set(name, own.length > 0 ? shapeOf(own) : undefined);
  }
  return shape.properties.get(name);
}

// Properties that no schema describes, also where additionalProperties would let them pass.
function* extraProperties(shape, body, at = '') {
  if (Array.isArray(body)) {
    if (shape.items.length > 0) for (const item of body) yield* extraProperties(shapeOf(shape.items), item, `${at}/*`);
  } else if (body !== null && typeof body === 'object') {
    for (const [name, value] of Object.entries(body)) {
      const property = propertyOf(shape, name);
      if (property) yield* extraProperties(property, value, `${at}/${name}`);
      else if (shape.maps.length > 0) yield* extraProperties(shapeOf(shape.maps), value, `${at}/${name}`);
      else if (!shape.open) yield undescribed(`${at}/${name}`);
    }
  }
}

// Exchanges

// In this order a literal segment comes before a parameter, as `{` comes after all letters.
const templates = Object.keys(document.paths).sort()
  .map((template) => ({ template, pattern: new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+')}$`) }));

const found = new Map();
const templateOf = (path) => {
  if (!found.has(path)) found.set(path, templates.find(({ pattern }) => pattern.test(path))?.template);
  return found.get(path);
};

const withoutParameters = (mediaType) => mediaType?.split(';')[0].trim().toLowerCase();
const isJson = (mediaType) => /[/+]json$/.test(mediaType);

// A profile (RFC 6906) tells representations of one media type apart.
const profileOf = (mediaType) => /;\s*profile=([^;]*)/.exec(mediaType ?? '')?.[1];

const mediaTypeOf = (content, contentType) => {
  const key = Object.keys(content.node).find((name) => withoutParameters(name) === withoutParameters(contentType) && profileOf(name) === profileOf(contentType));
  return key === undefined ? undefined : child(content, key);
};

function parse(body) {
  try {
    return { value: JSON.parse(body) };
  } catch {
    return undefined;
  }
}

const problemContent = Object.entries(document.paths)
  .flatMap(([path, item]) => Object.keys(item).map((method) => find(root, 'paths', path, method, 'responses')))
  .flatMap((responses) => Object.keys(responses?.node ?? {}).filter((status) => status >= '4').map((status) => find(responses, status, 'content')))
  .find((content) => content?.node['application/problem+json']);

// What is wrong with a body, given the media types described for it.
function* bodyFaults(content, contentType, body) {
  const mediaType = withoutParameters(contentType);
  if (!content) {
    if (body) yield 'a body is answered but none is described';
    return;
  }
  if (!body && (!mediaType || isJson(mediaType))) {
    yield 'no body is answered but one is described';
    return;
  }
  const described = mediaTypeOf(content, contentType);
  if (!described) {
    yield `media type ${mediaType} is not described`;
    return;
  }
  const schema = child(described, 'schema');
  if (!isJson(mediaType) || !schema) return;
  const parsed = parse(body);
  if (!parsed) yield 'the body is not JSON';
  else yield* [...schemaFaults(schema, parsed.value), ...extraProperties(shapeOf([schema]), parsed.value)];
}

function* responseFaults(operation, exchange) {
  const { method, contentType, headers = {}, body } = exchange;
  const status = String(exchange.status);
  const response = find(operation, 'responses', status) ?? find(operation, 'responses', `${status[0]}XX`) ?? find(operation, 'responses', 'default');
  if (!response) {
    yield `status ${status} is not described`;
    return;
  }
  const sent = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  for (const name of Object.keys(response.node.headers ?? {})) {
    if (find(response, 'headers', name).node.required && !sent.has(name.toLowerCase())) yield `header ${name} is missing`;
  }
  const content = child(response, 'content');
  if (method !== 'HEAD') yield* bodyFaults(content, contentType, body);
  else if (body) yield 'HEAD answers a body';
  else if (contentType && content && !mediaTypeOf(content, contentType)) yield `media type ${contentType} is not described`;
}

// In a request "" says what null says; the contract names null alone, since a word that is empty makes no client's enumeration.
const withoutEmpty = (value) => Array.isArray(value) ? value.map(withoutEmpty)
  : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, member === '' ? null : withoutEmpty(member)]))
  : value;

function* requestFaults(operation, { status, requestContentType, requestBody }) {
  if (status < 200 || status > 299 || !requestBody) return;
  const content = find(operation, 'requestBody', 'content');
  const mediaType = withoutParameters(requestContentType);
  const described = content && mediaTypeOf(content, mediaType);
  if (!described) {
    yield content ? `request media type ${mediaType} is accepted but not described` : 'a request body is accepted but none is described';
    return;
  }
  const schema = child(described, 'schema');
  if (!isJson(mediaType) || !schema) return;
  const parsed = parse(requestBody);
  if (!parsed) yield 'request: accepted, but not JSON';
  else yield* schemaFaults(schema, withoutEmpty(parsed.value)).map((fault) => `request accepted, but ${fault.replace('answered', 'sent')}`);
}

// Of addresses and methods that are not described, only errors may be heard, and each as a problem; OPTIONS may also succeed.
function* unknownFaults({ method, status, contentType, body }) {
  if (status < 400) {
    if (method !== 'OPTIONS') yield `answers ${status} but is not described`;
  } else if (method !== 'HEAD') {
    yield* bodyFaults(problemContent, contentType, body);
  }
}

function check(exchange) {
  const path = exchange.path.split('?')[0].slice(basePath.length) || '/';
  const template = templateOf(path);
  const item = template && find(root, 'paths', template);
  const method = exchange.method.toLowerCase();
  const operation = item && (child(item, method) ?? (method === 'head' ? child(item, 'get') : undefined));
  const faults = operation ? [...responseFaults(operation, exchange), ...requestFaults(operation, exchange)] : unknownFaults(exchange);
  const where = `${exchange.method} ${template ?? '(unknown path)'} ${exchange.status}`;
  return [...new Set(faults)].map((fault) => `${where}: ${fault}`);
}

const violations = new Map();
let checked = 0;
for await (const line of createInterface({ input: createReadStream(exchangesFile), crlfDelay: Infinity })) {
  if (line.trim() === '') continue;
  const exchange = JSON.parse(line);
  const path = exchange.path.split('?')[0];
  if (path !== basePath && !path.startsWith(`${basePath}/`)) continue;
  if (outside.test(path.slice(basePath.length))) continue;
  checked++;
  for (const violation of check(exchange)) {
    const seen = violations.get(violation);
    if (seen) seen.count++;
    else violations.set(violation, { count: 1, sample: `${exchange.method} ${exchange.path} ${exchange.status}` });
  }
}

for (const [violation, { count, sample }] of [...violations].sort((a, b) => a[0].localeCompare(b[0]))) {
  console.log(`${violation}\n    ${count} ×, such as ${sample}`);
}
console.log(`exchanges: ${checked} checked, ${violations.size} violations`);
process.exitCode = violations.size > 0 || checked === 0 ? 1 : 0;
