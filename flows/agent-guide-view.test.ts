import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentGuideFlow } from './agent-guide-flow.ts';
import { agentGuideView, VIEW_INPUTS } from './agent-guide-view.ts';
import { parseFlow } from './language/document.ts';
import { SAMPLE_REFS } from './sample-refs.ts';

const written = JSON.stringify(agentGuideView().template);

test('the view asks for each of its inputs once, under the id of the component that shows it', () => {
  const asked = [...written.matchAll(/"\$\.(\w+)\.TemplateString"/g)].map(([, id = '']) => id);
  const ids = [...written.matchAll(/"_id":"(\w+)"/g)].map(([, id = '']) => id);

  assert.deepEqual(asked.toSorted(), [...VIEW_INPUTS].toSorted());
  assert.equal(new Set(ids).size, ids.length);
});

test('the guide gives the view every input, whether the function answers or not', () => {
  const shows = parseFlow(agentGuideFlow(SAMPLE_REFS).content).Actions.filter(
    (action) => action.Type === 'ShowView',
  );

  assert.equal(shows.length, 2);
  for (const { Parameters: parameters } of shows) {
    assert.deepEqual(Object.keys(Object(parameters['ViewData'])), VIEW_INPUTS);
  }
});

test('an agent can close the view, or load it again once the player has run out', () => {
  const buttons = [...written.matchAll(/"Type":"Button","Props":{"Action":"(\w+)"}/g)].map(
    ([, name]) => name,
  );

  assert.deepEqual(agentGuideView().actions, ['Reload', 'Close']);
  assert.deepEqual(buttons, ['Reload', 'Close']);
});
