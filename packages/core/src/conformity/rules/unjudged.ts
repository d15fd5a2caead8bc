/**
 * Rules whose records Aimwell does not keep yet, by what is missing. They answer "not judged" and are never counted as
 * met; a room that brings the records takes its rules out of here.
 */
export const unjudged: Readonly<Record<string, readonly string[]>> = {
  'process definitions with owners and runs': ['R009', 'R114'],
  'the AI policy as a controlled document': ['R010', 'R011', 'R012', 'R013', 'R014'],
  'records of change': ['R023', 'R048', 'R060', 'R138'],
  'the depth of method of each assessment': ['R026'],
  'impact assessments': ['R047', 'R049', 'R050', 'R051', 'R052', 'R053', 'R054', 'R055', 'R124'],
  'measurements of objectives by period, and actions': ['R059'],
  'competence requirements and training records': ['R061', 'R062', 'R063', 'R064', 'R123'],
  'a communication plan': ['R065'],
  'controlled documents with versions': ['R066', 'R067', 'R068', 'R071', 'R072', 'R119'],
  'life-cycle gates, tests and artefacts': ['R073', 'R074', 'R075', 'R079', 'R126', 'R127', 'R128'],
  'monitoring plans and measurements of systems': ['R076', 'R077'],
  'logging decisions of systems': ['R078'],
  'resources of systems (tools, models, computing)': ['R080', 'R121', 'R122'],
  'the register of data sets': ['R081', 'R129', 'R130', 'R131', 'R132'],
  'records of how systems are used': ['R083', 'R118'],
  'suppliers, their assessments and shares of responsibility': ['R084', 'R085'],
  'concerns and how they were handled': ['R086', 'R133'],
  'incidents and their notices': ['R087', 'R112'],
  'internal audits': ['R088', 'R089', 'R090', 'R091', 'R092', 'R093', 'R094'],
  'management reviews': ['R095', 'R096', 'R097', 'R098'],
  'nonconformities and corrective actions': ['R099', 'R100', 'R101', 'R102'],
  'the certification cycle': ['R103', 'R104', 'R105', 'R106', 'R107'],
  'legal obligations and what covers them': ['R111', 'R134'],
  'regulatory changes and their triage': ['R113'],
  improvements: ['R116'],
  'information given to customers': ['R135'],
  'resource plans': ['R137'],
};
