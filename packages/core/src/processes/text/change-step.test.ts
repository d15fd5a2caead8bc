import { describe, expect, it } from 'vitest';
import { changeStep, type StepChange } from './change-step.ts';

const aims = 'urn:aimwell:process:1';
const file = (inside: string, spaces = ' xmlns:aims="urn:aimwell:process:1"') =>
  `<?xml version="1.0"?>\n<!-- <userTask id="a"/> -->\n<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL"${spaces} id='d'>\n  <b:process id="p">\n${inside}\n  </b:process>\n</b:definitions>\n`;
const change = (xml: string, what: StepChange, id = 'a') => {
  const done = changeStep(xml, id, what, { aims });
  return 'xml' in done ? done.xml : done;
};
const filled = `    <b:userTask id="a" name='x > y'>
      <b:extensionElements>
        <other:thing xmlns:other="urn:o"   odd = 'kept' />
        <aims:step role="contributor" job="kept" due='P5D'>
          <aims:raci role="top_management" part="informed" />
        </aims:step>
      </b:extensionElements>
      <b:incoming>f</b:incoming>
    </b:userTask>`;

describe('a step that says something already', () => {
  it('says it anew, takes away and adds, and leaves all else as it is', () =>
    expect(change(file(filled), { role: 'risk_manager', due: null, evidence: ['report', 'minutes'], references: ['8.2'] })).toBe(
      file(
        filled.replace(
          'role="contributor" job="kept" due=\'P5D\'',
          'role="risk_manager" job="kept" evidence="report minutes" references="8.2"',
        ),
      ),
    ));
  it('stays byte for byte when nothing changes', () => {
    expect(change(file(filled), { role: 'contributor', due: 'P5D', form: null, notBy: [] })).toBe(file(filled));
    expect(change(file(filled), {})).toBe(file(filled));
  });
  it('has its RACI replaced as a whole', () => {
    const line = '<aims:raci role="top_management" part="informed" />';
    expect(change(file(filled), { raci: { risk_manager: 'accountable', contributor: 'consulted' } })).toBe(
      file(
        filled.replace(
          line,
          '<aims:raci role="risk_manager" part="accountable" />\n          <aims:raci role="contributor" part="consulted" />',
        ),
      ),
    );
    expect(change(file(filled), { raci: {} })).toBe(file(filled.replace(`\n          ${line}`, '')));
  });
  it('opens for a RACI', () =>
    expect(
      change(file('    <b:task id="a"><b:extensionElements><aims:step role="x"/></b:extensionElements></b:task>'), {
        raci: { x: 'informed' },
      }),
    ).toBe(
      file(
        '    <b:task id="a"><b:extensionElements><aims:step role="x">  <aims:raci role="x" part="informed" /></aims:step></b:extensionElements></b:task>',
      ),
    ));
  it('is known by its namespace, whatever its prefix', () =>
    expect(
      change(
        file(
          '    <b:task id="a"><b:extensionElements><z:step role="x" /></b:extensionElements></b:task>',
          ' xmlns:z="urn:aimwell:process:1" xmlns:aims="urn:other"',
        ),
        { role: 'y' },
      ),
    ).toContain('<z:step role="y" />'));
});

describe('a step that says nothing yet', () => {
  it('is opened, and the file told of the namespace', () =>
    expect(change(file('    <b:userTask id="a" />', ''), { role: 'risk_manager', form: 'risks:create' })).toBe(
      file(
        '    <b:userTask id="a">\n      <b:extensionElements>\n        <aims:step role="risk_manager" form="risks:create" />\n      </b:extensionElements>\n    </b:userTask>',
        '',
      ).replace("id='d'", `id='d' xmlns:aims="${aims}"`),
    ));
  it('takes another prefix where ours is taken', () =>
    expect(change(file('    <b:userTask id="a" />', ' xmlns:aims="urn:other"'), { role: 'x' })).toContain(`xmlns:aims1="${aims}"`));
  it('says it after its documentation and beside what others say', () => {
    expect(
      change(file('<b:task id="a"><b:documentation>text</b:documentation><b:incoming>f</b:incoming></b:task>'), { due: 'P1D' }),
    ).toMatch(/<\/b:documentation>\s*<b:extensionElements>\s*<aims:step due="P1D" \/>\s*<\/b:extensionElements>\s*<b:incoming>/);
    expect(change(file('<b:task id="a"><b:extensionElements/></b:task>'), { due: 'P1D' })).toMatch(
      /<b:task id="a"><b:extensionElements>\s*<aims:step due="P1D" \/>\s*<\/b:extensionElements><\/b:task>/,
    );
  });
  it('keeps what would break the file harmless', () =>
    expect(change(file('<b:task id="a"/>'), { role: '"/><x a="&' })).toContain('role="&quot;/&gt;&lt;x a=&quot;&amp;"'));
});

describe('other elements', () => {
  it('a lane has its role changed', () =>
    expect(change(file('<b:lane id="a" name="Desk"/>'), { role: 'contributor', due: 'P1D' })).toMatch(/<aims:lane role="contributor" \/>/));
  it('is missing when no element has that id, those in comments included', () => {
    expect(change(file(''), { role: 'x' })).toEqual({ missing: 'element' });
    expect(change('<a><b></a></b>', { role: 'x' })).toEqual({ missing: 'file' });
    expect(change('<a>', { role: 'x' })).toEqual({ missing: 'file' });
  });
});
