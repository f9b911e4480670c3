import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './programs.js';

const folder = join(root, 'out/browser/pictures');
const looks = [
  { name: 'narrow', width: 320, height: 640, colorScheme: 'light' },
  { name: 'wide', width: 1100, height: 760, colorScheme: 'dark' },
];

/** Takes pictures of the tab for somebody to look at, and holds that nothing is wider than its window; gives the looks. */
export async function picture(tab, name, inLooks = looks) {
  mkdirSync(folder, { recursive: true });
  for (const look of inLooks) {
    await tab.setViewportSize(look);
    await tab.emulateMedia({ colorScheme: look.colorScheme });
    await tab.screenshot({ path: join(folder, `${name}, ${look.name}.png`), fullPage: true });
    const excess = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(excess <= 0, `${name}, ${look.name}: ${excess} pixels too wide`);
  }
  return inLooks;
}
