/* The processor's own counters (PMUv3, Arm ARM D13): cycles and retired instructions
 * of the program in its region. Only EL0 counts, so nothing of the stub does.
 *
 * On entry: EL1, on the way to the region's first instruction, or behind its last.
 * On exit: the counters run, or stand and are read.
 */
#include "stub.h"

#define PMCR_E   1ull        /* on */
#define PMCR_P   (1ull << 1) /* event counters from 0 */
#define PMCR_C   (1ull << 2) /* and the cycle counter */
#define PMCR_LC  (1ull << 6) /* which has 64 bits */
#define NOT_EL1  (1ull << 31)
#define INST_RETIRED 8
#define CYCLES   (1ull << 31)
#define COUNTER0 1ull

/* ID_AA64DFR0_EL1.PMUVer, and that instructions are among the events: simulators
 * without a notion of them have no cycles worth the name either. */
static int has_counters(void)
{
	u64 features, events, control;

	__asm__ volatile("mrs %0, id_aa64dfr0_el1" : "=r"(features));
	features = features >> 8 & 15;
	if (!features || features == 15)
		return 0;
	__asm__ volatile("mrs %0, pmceid0_el0; mrs %1, pmcr_el0" : "=r"(events), "=r"(control));
	return (events >> INST_RETIRED & 1) && (control >> 11 & 31);
}

void arch_counters_start(void)
{
	if (!has_counters())
		return;
	__asm__ volatile("msr pmevtyper0_el0, %0; msr pmccfiltr_el0, %1;"
		"msr pmcntenclr_el0, %2; msr pmovsclr_el0, %2; msr pmcntenset_el0, %3;"
		"msr pmcr_el0, %4; isb"
		: : "r"(NOT_EL1 | INST_RETIRED), "r"(NOT_EL1), "r"(0xffffffffull),
		"r"(CYCLES | COUNTER0), "r"(PMCR_E | PMCR_P | PMCR_C | PMCR_LC));
}

/* The event counter has 32 bits: one that went over its end says nothing. */
int arch_counters_stop(struct counters *counters)
{
	u64 overflows;

	if (!has_counters())
		return 0;
	__asm__ volatile("msr pmcr_el0, xzr; isb;"
		"mrs %0, pmccntr_el0; mrs %1, pmevcntr0_el0; mrs %2, pmovsclr_el0"
		: "=r"(counters->cycles), "=r"(counters->instructions), "=r"(overflows));
	return counters->instructions && !(overflows & COUNTER0);
}
