// Owns GitLab's code quality report, which has no schema: each entry has what GitLab's manual asks for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputs } from './output.mjs';

const SEVERITIES = ['info', 'minor', 'major', 'critical', 'blocker'];

for (const { name, status, gitlab } of outputs) {
  test(`the report of "${name}" has all that GitLab needs`, () => {
    assert.ok(Array.isArray(gitlab));
    assert.equal(gitlab.length > 0, status > 0);
    for (const issue of gitlab) {
      assert.ok(issue.description.length > 0);
      assert.match(issue.check_name, /^[a-z0-9-]+$/);
      assert.ok(SEVERITIES.includes(issue.severity), issue.severity);
      assert.ok(issue.location.path.length > 0 && !/^(\/|\.\/)/.test(issue.location.path));
      assert.ok(Number.isInteger(issue.location.lines.begin) && issue.location.lines.begin >= 1);
    }
    const fingerprints = new Set(gitlab.map((issue) => issue.fingerprint));
    assert.equal(fingerprints.size, gitlab.length);
  });
}
