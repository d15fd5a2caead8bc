// The library's own types describe every class of BPMN; here its elements are read by name (element.ts), so this is all that is used.
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>);
    fromXML(xml: string): Promise<{ readonly rootElement: object; readonly warnings: readonly { readonly message: string }[] }>;
    toXML(element: object, options?: { readonly format?: boolean; readonly preamble?: boolean }): Promise<{ readonly xml: string }>;
    create(type: string, properties?: Readonly<Record<string, unknown>>): object;
  }
}
