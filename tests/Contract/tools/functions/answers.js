// What an operation answers when all went well: lists take `page` and `limit` and have `_meta`, everything has `_links`.
const pageMeta = ['page', 'limit', 'count', 'totalRecords', 'totalPages'];
const pageLinks = ['self', 'first', 'prev', 'next', 'last'];

// Plural by name, but one document each.
const documents = /\/(gaps|deadlines)$/;

// An answer may have several shapes (a page, or the flat array of ?format=flat): the first that has the property counts.
const shapes = (schema) => [...(schema?.allOf ?? []), ...(schema?.oneOf ?? []), ...(schema?.anyOf ?? [])];
const property = (schema, name) => schema?.properties?.[name] ?? shapes(schema).map((shape) => property(shape, name)).find(Boolean);
const isArray = (schema) => schema?.type === 'array' || shapes(schema).some(isArray);

const isList = (schema, path) => isArray(schema) || Boolean(property(schema, 'items')) || (/s$/.test(path) && !documents.test(path));

const lacks = (schema, names, what) => names.filter((name) => !property(schema, name)).map((name) => `\`${what}\` lacks \`${name}\``);

const checks = {
  paging: ({ parameters = [] }) => ['page', 'limit']
    .filter((name) => !parameters.some((parameter) => parameter.in === 'query' && parameter.name === name))
    .map((name) => `the list takes no \`${name}\``),
  meta: (_, schema) => lacks(property(schema, '_meta'), pageMeta, '_meta'),
  pageLinks: (_, schema) => lacks(property(schema, '_links'), pageLinks, '_links'),
  links: (_, schema) => property(schema, '_links') ? [] : ['the answer lacks `_links`'],
};

export default function answers(operation, { check }, { path: [, path] }) {
  const answer = operation.responses?.['200'] ?? operation.responses?.['201'];
  const schema = answer?.content?.['application/json']?.schema;
  const asked = schema && (check === 'links' || isList(schema, path));
  return asked ? checks[check](operation, schema).map((message) => ({ message })) : [];
}
