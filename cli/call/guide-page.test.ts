import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentGuideView } from '../../flows/agent-guide-view.ts';
import { guidePage } from './guide-page.ts';

test('every component of the agent’s guide is drawn', () => {
  const page = guidePage(agentGuideView().template);

  assert.doesNotMatch(page, /<em>/);
  assert.match(page, /<summary>Transcript<\/summary>/);
  assert.match(page, /<button type="button">Close<\/button>/);
  assert.match(page, /<h2>Recording<\/h2>/);
});

test('what fills a view is markup, and a view’s own texts are not', () => {
  const page = guidePage({
    Head: { Title: 'Who <is> it' },
    Body: [
      { Type: 'TemplateStringComponent', Props: { TemplateString: '<audio controls></audio>' } },
      { Type: 'Header', Content: ['<b>Title</b>'] },
      { Type: 'Chart', Content: ['of something'] },
    ],
  });

  assert.match(page, /<title>Who &lt;is&gt; it<\/title>/);
  assert.match(page, /<audio controls><\/audio>/);
  assert.match(page, /<h2>&lt;b&gt;Title&lt;\/b&gt;<\/h2>/);
  assert.match(page, /<em>Chart<\/em>.*of something/s);
});

test('a value that is not a view is refused', () => {
  assert.throws(() => guidePage({ Head: {} }), /Body/);
});
