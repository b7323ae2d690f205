// The web pages in a real browser: WCAG 2.2 AA by axe, the keyboard alone, 320 px, A4, no console errors, and the content
// security policy. Starts the built service with the example plan; the last line is "N passed, N failed". With SHOTS=folder it
// also leaves a picture of every page at 320 px, 1280 px and on A4, to be looked at.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const key = 'a-key-for-the-browser-tests';
const shots = process.env.SHOTS;
const chrome = process.env.CHROMIUM ?? '/usr/bin/chromium';

// What is looked at, by the name of its picture. The plan's figures are in the past, and so is one of the reports.
const pages = {
  home: '/',
  plans: '/plans',
  board: '/plans/soc-2015',
  filtered: '/plans/soc-2015?status=inProgress&status=planned&sort=dueDate',
  nothing: '/plans/soc-2015?q=ingenting',
  action: '/actions/soc-2015-2',
  report: '/reports/soc-2015',
  then: '/reports/soc-2015?asOf=2015-12-31&from=2015-08-31',
  embed: '/plans/soc-2015/embed',
  missing: '/plans/finns-inte',
  faulty: '/plans/soc-2015?status=klar&nej=1',
};
const expected = { missing: 404, faulty: 400 };

let passed = 0, failed = 0;
async function check(name, test) {
  try {
    const faults = (await test()) ?? [];
    if (faults.length > 0) throw new Error(faults.join('\n  '));
    passed++;
  } catch (fault) {
    failed++;
    console.log(`FAIL ${name}\n  ${fault.message}`);
  }
}

async function start(folder) {
  const service = spawn('dotnet', [join(root, 'api/bin', process.env.CONFIGURATION ?? 'Debug', 'net10.0/api.dll'), '--urls=http://127.0.0.1:0',
    '--Seeds:Load=demo', `--Auth:BootstrapKey=${key}`, `--ConnectionStrings:ActionPlan=Data Source=${join(folder, 'browser.db')}`, '--Logging:LogLevel:Default=Information'],
  { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, Database__Engine: 'sqlite' } });
  return new Promise((resolve, reject) => {
    let said = '';
    service.stdout.on('data', text => {
      said += text;
      const address = /Now listening on: (http:\S+)/.exec(said)?.[1];
      if (address) resolve({ service, address });
    });
    service.on('exit', code => reject(new Error(`the service ended with ${code}: ${said}`)));
  });
}

// WCAG's rules alone; that of target sizes is off unless asked for.
const violations = page => page.evaluate(async () => {
  const result = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], rules: { 'target-size': { enabled: true } } });
  return result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`));
});

// What sticks out of the page, save inside a region that scrolls by itself.
const outside = (page, width) => page.evaluate(width => [
  ...document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} px wide`] : [],
  ...[...document.querySelectorAll('body *')]
    .filter(e => getComputedStyle(e).position !== 'absolute' && !(matchMedia('screen').matches && e.parentElement.closest('.scrolls')))
    .filter(e => e.getClientRects().length > 0 && (e.getBoundingClientRect().right > width + 0.5 || e.getBoundingClientRect().left < -0.5))
    .map(e => `${e.tagName}.${e.getAttribute('class') ?? ''} ends at ${e.getBoundingClientRect().right}`),
], width);

// Every tab stop in turn until the page is left; each must be seen, and the order must be that of the page.
async function tabStops(page) {
  const faults = [];
  const all = await page.evaluate(() => {
    const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')].filter(e => e.checkVisibility());
    stops.forEach((e, i) => { e.dataset.stop = i; });
    return stops.length;
  });
  await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
  for (let i = 0; i < all; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
      return { stop: e.dataset.stop, what: e.outerHTML.slice(0, 90), isMarked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, isSeen: box.bottom > 0 && box.top < innerHeight };
    });
    if (at.stop !== String(i)) faults.push(`Tab ${i + 1} came to ${at.stop}: ${at.what}`);
    else if (!at.isMarked) faults.push(`the focus is not marked on ${at.what}`);
    else if (!at.isSeen) faults.push(`the focus is out of sight on ${at.what}`);
    if (faults.length > 3) break;
  }
  return faults;
}

const folder = mkdtempSync(join(tmpdir(), 'actionplan-browser-'));
if (shots) mkdirSync(shots, { recursive: true });
let service, browser;
try {
  let address;
  ({ service, address } = await start(folder));
  browser = await chromium.launch({ executablePath: chrome, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  const context = await browser.newContext({ baseURL: address, locale: 'sv-SE', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  let said = [];
  page.on('console', message => { if (['error', 'warning'].includes(message.type())) said.push(message.text()); });
  page.on('pageerror', fault => said.push(String(fault)));

  await check('signing in by the keyboard alone, after a wrong key', async () => {
    await page.goto('/plans/soc-2015?status=planned');
    if (new URL(page.url()).pathname !== '/sign-in') return [`came to ${page.url()}`];
    await page.evaluate(axe.source);
    const faults = await violations(page);
    if (shots) await page.screenshot({ path: join(shots, 'sign-in-1280.png'), fullPage: true });
    const tab = async field => { for (let i = 0; i < 9 && await page.evaluate(() => document.activeElement.id || document.activeElement.type) !== field; i++) await page.keyboard.press('Tab'); };
    await tab('key');
    await page.keyboard.type('ap_fel');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=alert]');
    await page.evaluate(axe.source);
    faults.push(...await violations(page));
    if (shots) await page.screenshot({ path: join(shots, 'sign-in-wrong-1280.png'), fullPage: true });
    await tab('key');
    await page.keyboard.type(key);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/plans/soc-2015?status=planned');
    return faults;
  });

  await check('filtering by the keyboard alone puts the filters in the address', async () => {
    await page.goto('/plans/soc-2015');
    await page.focus('.filter summary');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('utbildning');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/plans/soc-2015?q=utbildning');
    return await page.locator('.actions > li').count() > 0 ? [] : ['nothing was found'];
  });

  for (const [name, path] of Object.entries(pages)) {
    await check(`${name}: answers with its policy and without a word in the console`, async () => {
      said = [];
      const answer = await page.goto(path);
      const policy = answer.headers()['content-security-policy'] ?? '';
      const status = expected[name] ?? 200;
      return [
        ...answer.status() === status ? [] : [`status ${answer.status()}`],
        ...policy.includes("default-src 'none'") && !policy.includes('unsafe') ? [] : [`policy ${policy}`],
        // Chromium itself notes a page that is an error.
        ...said.filter(text => status === 200 || !text.includes('Failed to load resource')),
      ];
    });
    if (shots) await page.screenshot({ path: join(shots, `${name}-1280.png`), fullPage: true });
    await check(`${name}: every stop of the keyboard, in order and seen`, () => tabStops(page));
    await page.goto(path);
    if (name !== 'embed') {
      await check(`${name}: the skip link leads to the content`, async () => {
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        return await page.evaluate(() => document.activeElement.tagName) === 'MAIN' ? [] : ['the focus is elsewhere'];
      });
    }

    // What a reader may unfold is looked at unfolded.
    await page.evaluate(() => {
      document.activeElement.blur();
      document.querySelectorAll('details').forEach(d => { d.open = true; });
    });
    await page.evaluate(axe.source);
    await check(`${name}: WCAG 2.2 AA, light`, () => violations(page));
    await check(`${name}: WCAG 2.2 AA, dark`, async () => {
      await page.emulateMedia({ colorScheme: 'dark' });
      return violations(page);
    });
    if (shots) await page.screenshot({ path: join(shots, `${name}-dark.png`), fullPage: true });
    await page.emulateMedia({ colorScheme: 'light' });
    await check(`${name}: 320 px`, async () => {
      await page.setViewportSize({ width: 320, height: 640 });
      return [...await outside(page, 320), ...await violations(page)];
    });
    if (shots) await page.screenshot({ path: join(shots, `${name}-320.png`), fullPage: true });
    await check(`${name}: A4`, async () => {
      // 210 mm less the margins of the style sheet, at 96 px to the inch.
      await page.setViewportSize({ width: 673, height: 990 });
      await page.emulateMedia({ media: 'print' });
      const pdf = await page.pdf({ preferCSSPageSize: true, ...shots ? { path: join(shots, `${name}.pdf`) } : {} });
      const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(m => `${Math.round(m[1])}×${Math.round(m[2])}`);
      return [...await outside(page, 673), ...boxes.length > 0 && boxes.every(box => ['595×842', '596×842', '594×841', '595×841'].includes(box)) ? [] : [`the paper is ${boxes}`]];
    });
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  await check('signing out ends the session', async () => {
    await page.goto('/plans');
    await page.click('.sign-out button');
    await page.goto('/plans');
    return new URL(page.url()).pathname === '/sign-in' ? [] : [`came to ${page.url()}`];
  });
} finally {
  await browser?.close();
  service?.removeAllListeners('exit');
  service?.kill();
  rmSync(folder, { recursive: true, force: true });
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
