/** `unknown` is an honest answer; like no answer at all it leaves its step open. */
export type Answer = 'yes' | 'no' | 'unknown';

/**
 * What people know about one AI system. A list that is absent was not answered yet; an empty list says "none of these".
 * Ids are those of the law data (`ClassificationLaw`).
 */
export interface ClassificationAnswers {
  /** Art. 3(1) */
  readonly aiSystem?: Answer | undefined;
  /** Art. 2(1): ids of `scope.links` */
  readonly unionLinks?: readonly string[] | undefined;
  /** Art. 2(3)-(12): ids of `scope.exclusions` */
  readonly exclusions?: readonly string[] | undefined;
  /** Ids of `roles` */
  readonly roles?: readonly string[] | undefined;
  /** Art. 25(1): ids of `roleChanges` */
  readonly roleChanges?: readonly string[] | undefined;
  /** Art. 5(1): ids of `prohibitedPractices` */
  readonly prohibitedPractices?: readonly string[] | undefined;
  readonly product?: ProductAnswers | undefined;
  /** Ids of points in `annexIII` */
  readonly annexIII?: readonly string[] | undefined;
  readonly exemption?: ExemptionAnswers | undefined;
  /** Art. 50: ids of `transparencyCases` */
  readonly transparencyCases?: readonly string[] | undefined;
  /** Chapter V: ids of `modelDuties` */
  readonly modelDuties?: readonly string[] | undefined;
  /** The day it was first placed on the market or put into service; decides on later dates for what was there before. */
  readonly placedOnMarketOn?: string | undefined;
}

/** Art. 6(1) with (1a)-(1c). */
export interface ProductAnswers {
  /** Ids of `productRoutes`: the system is such a product or a safety component of one. */
  readonly sections?: readonly string[] | undefined;
  /** The product needs a conformity assessment by a third party. */
  readonly thirdPartyAssessment?: Answer | undefined;
  /** Art. 6(1c): that assessment is needed solely for other risks than safety. */
  readonly assessedForOtherRisksOnly?: Answer | undefined;
  /** Art. 6(1a): used solely for assistance, performance, efficiency, automation, convenience or quality control. */
  readonly assistanceOnly?: Answer | undefined;
  /** Art. 6(1b): failure or malfunction would endanger health and safety. */
  readonly failureEndangers?: Answer | undefined;
}

/** Art. 6(3)-(4). */
export interface ExemptionAnswers {
  /** Profiling of natural persons rules the exemption out. */
  readonly profilesPersons?: Answer | undefined;
  /** Do we want to rely on it? */
  readonly claimed?: Answer | undefined;
  /** Ids of `exemption.conditions` */
  readonly conditions?: readonly string[] | undefined;
  /** A person's judgement, never computed: no significant risk of harm to health, safety or fundamental rights. */
  readonly noSignificantRisk?: Answer | undefined;
  /** The written assessment that Art. 6(4) asks for. */
  readonly record?: { readonly reference: string; readonly assessedBy: string; readonly assessedOn: string } | undefined;
}
