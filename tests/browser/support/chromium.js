import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe', 'msedge.exe'];
const folders = [
  ...(process.env.PATH ?? '').split(delimiter),
  '/Applications/Google Chrome.app/Contents/MacOS',
  ...[process.env.ProgramFiles, process.env['ProgramFiles(x86)']].filter(Boolean).flatMap((programs) => [
    join(programs, 'Google/Chrome/Application'),
    join(programs, 'Microsoft/Edge/Application'),
  ]),
];

/** The browser of the machine; MEMBRANE_TEST_CHROMIUM names another. None of its own is fetched. */
export const browserPath =
  process.env.MEMBRANE_TEST_CHROMIUM ||
  folders.flatMap((folder) => [...names, 'Google Chrome'].map((name) => join(folder, name))).find((path) => existsSync(path));

/** Why nothing can be tried, or false. */
export const skip = browserPath ? false : 'There is no Chromium, Chrome or Edge (Debian: apt-get install chromium; or set MEMBRANE_TEST_CHROMIUM).';

export const launch = () =>
  chromium.launch({
    executablePath: browserPath,
    // A page of no address at all, as the tests of origins use, is not asked whether it may reach this machine: CORS alone decides.
    args: ['--disable-features=LocalNetworkAccessChecks,PrivateNetworkAccessRespectPreflightResults', '--disable-dev-shm-usage'],
  });
