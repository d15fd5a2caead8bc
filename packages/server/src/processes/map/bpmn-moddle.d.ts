// The library's own types describe every class of BPMN; here its elements are read by name (element.ts), so this is all that is used.
declare module 'bpmn-moddle' {
  interface Warning {
    readonly message: string;
    /** Of a reference that leads nowhere: whose it is, which, and what it says. */
    readonly element?: object;
    readonly property?: string;
    readonly value?: unknown;
  }
  interface Property {
    readonly name: string;
    readonly isMany?: boolean;
    default?: unknown;
    xml?: Readonly<Record<string, unknown>>;
  }
  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>);
    fromXML(xml: string): Promise<{ readonly rootElement: object; readonly warnings: readonly Warning[] }>;
    toXML(element: object, options?: { readonly format?: boolean; readonly preamble?: boolean }): Promise<{ readonly xml: string }>;
    create(type: string, properties?: Readonly<Record<string, unknown>>): object;
    getType(name: string): { readonly $descriptor: { readonly propertiesByName: Readonly<Record<string, Property>> } };
  }
}
