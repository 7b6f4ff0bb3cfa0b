import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintCollectors;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.io.StreamTokenizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The peer in its own language: one entity per position, its doctor the variable, six rules as constraint streams.
 * Reads whole numbers from a file, prints « A duty doctor » per position held, then the score. See timefold.py.
 */
public final class Timefold {
    /** A doctor, with the most duties of a month and of the quarter. */
    public static final class Doctor {
        @PlanningId public int id;
        public int monthCap;
        public int quarterCap;

        public int getId() { return id; }
    }

    /** What one doctor costs on one duty: a linear cost, its part of his or her share, what it adds to which tables. */
    public static final class Pair {
        public long cost;
        public long load;
        public int[] tables;
        public int[] adds;
    }

    /** A doctor who shares the duties of a line and band, and what he or she is ahead by when the quarter begins. */
    public static final class Member {
        public int group;
        public Doctor doctor;
        public long ahead;

        public int getGroup() { return group; }
        public Doctor getDoctor() { return doctor; }
        public long getAhead() { return ahead; }
    }

    /** A table of costs by count. */
    public static final class Table {
        public int base;
        public long[] costs;

        public long over(int count) { return costs[Math.min(Math.max(base + count, 0), costs.length - 1)] - costs[base]; }
    }

    public static Table[] tables;
    public static int[] counts;
    public static boolean balanced;
    public static long restMinutes;
    public static int spacingDays;
    public static long spacingWeight;
    public static long missingWeight;

    /** One position of a duty. */
    @PlanningEntity
    public static class Shift {
        @PlanningId public int id;
        public int duty;
        public int line;
        public int band;
        public long start;
        public long end;
        public int day;
        public int month;
        public List<Doctor> candidates = new ArrayList<>();
        public Pair[] pairs;

        @PlanningVariable(allowsUnassigned = true, valueRangeProviderRefs = "candidates")
        public Doctor doctor;

        @ValueRangeProvider(id = "candidates")
        public List<Doctor> getCandidates() { return candidates; }
        public Doctor getDoctor() { return doctor; }
        public void setDoctor(Doctor value) { doctor = value; }
        public int getGroup() { return line * 64 + band; }
        public long getLoad() { return pair().load; }
        public Pair pair() { return pairs[doctor.id]; }
    }

    /** The whole problem. */
    @PlanningSolution
    public static class Roster {
        @PlanningEntityCollectionProperty public List<Shift> shifts = new ArrayList<>();
        @ProblemFactCollectionProperty public List<Member> members = new ArrayList<>();
        @PlanningScore public HardSoftLongScore score;

        public List<Shift> getShifts() { return shifts; }
    }

    /**
     * Cover, rest, caps, spacing, fairness and preferences; availability is the range of values itself. What concerns
     * one doctor is added up over the list of his or her shifts: three times the moves a second of one stream per rule.
     */
    public static class Rules implements ConstraintProvider {
        @Override
        public Constraint[] defineConstraints(ConstraintFactory make) {
            var held = make.forEach(Shift.class).groupBy(Shift::getDoctor, ConstraintCollectors.toList());
            List<Constraint> all = new ArrayList<>(List.of(
                make.forEachIncludingUnassigned(Shift.class).filter(s -> s.doctor == null)
                    .penalizeLong(HardSoftLongScore.ONE_SOFT, s -> missingWeight).asConstraint("cover"),
                held.penalizeLong(HardSoftLongScore.ONE_HARD, Rules::broken).asConstraint("rest and caps"),
                held.impactLong(HardSoftLongScore.ONE_SOFT, (doctor, shifts) -> -cost(shifts))
                    .asConstraint("spacing, preferences and tables")));
            if (balanced) {
                all.add(make.forEach(Shift.class).map(Shift::getGroup, Shift::getDoctor, Shift::getLoad)
                    .concat(make.forEach(Member.class).map(Member::getGroup, Member::getDoctor, Member::getAhead))
                    .groupBy((group, doctor, load) -> group, ConstraintCollectors.loadBalance(
                        (group, doctor, load) -> doctor, (Integer group, Doctor doctor, Long load) -> load))
                    .penalizeLong(HardSoftLongScore.ONE_SOFT, (group, load) -> {
                        double unfair = load.unfairness().doubleValue() / 100.0;
                        return Math.round(10_000.0 * unfair * unfair);
                    }).asConstraint("load balance"));
            }
            return all.toArray(new Constraint[0]);
        }

        /** Pairs without their rest, and duties beyond the caps. */
        private static long broken(Doctor doctor, List<Shift> shifts) {
            long found = Math.max(0, shifts.size() - doctor.quarterCap);
            int[] months = new int[13];
            for (int i = 0; i < shifts.size(); i++) {
                Shift one = shifts.get(i);
                if (++months[one.month] > doctor.monthCap) found++;
                for (int j = 0; j < i; j++) {
                    Shift other = shifts.get(j);
                    if (one.start < other.end + restMinutes && other.start < one.end + restMinutes) found++;
                }
            }
            return found;
        }

        /** Preferences, days too close, and each table at the sum of what all shifts add to it. */
        private static long cost(List<Shift> shifts) {
            long total = 0;
            for (int i = 0; i < shifts.size(); i++) {
                Shift one = shifts.get(i);
                Pair pair = one.pair();
                total += pair.cost;
                for (int k = 0; k < pair.tables.length; k++) {
                    int table = pair.tables[k], before = counts[table];
                    counts[table] += pair.adds[k];
                    total += tables[table].over(counts[table]) - tables[table].over(before);
                }
                for (int j = 0; j < i; j++) {
                    int days = Math.abs(one.day - shifts.get(j).day);
                    if (days < spacingDays) total += spacingWeight * (spacingDays - days);
                }
            }
            for (Shift one : shifts) for (int table : one.pair().tables) counts[table] = 0;
            return total;
        }
    }

    /** The best of seven settings on medium in 22 s: 9,358; 20: 10,418; tabu 10,508; the default, 400: 19,174. */
    private static final int LATE_ACCEPTANCE = 5;

    private static StreamTokenizer in;

    private static int next() throws IOException {
        in.nextToken();
        return (int) in.nval;
    }

    private static long nextLong() throws IOException {
        in.nextToken();
        return (long) in.nval;
    }

    private static Roster read(String path) throws IOException {
        in = new StreamTokenizer(new BufferedReader(new FileReader(path)));
        Doctor[] doctors = new Doctor[next()];
        int duties = next();
        tables = new Table[next()];
        counts = new int[tables.length];
        int pairs = next();
        int members = next();
        restMinutes = nextLong();
        spacingDays = next();
        spacingWeight = nextLong();
        missingWeight = nextLong();
        for (int d = 0; d < doctors.length; d++) {
            doctors[d] = new Doctor();
            doctors[d].id = d;
            doctors[d].monthCap = next();
            doctors[d].quarterCap = next();
        }
        Roster roster = new Roster();
        Shift[] first = new Shift[duties];
        int[] need = new int[duties];
        for (int n = 0; n < duties; n++) {
            Shift shift = first[n] = new Shift();
            shift.duty = n;
            shift.line = next();
            shift.band = next();
            shift.start = nextLong();
            shift.end = nextLong();
            shift.day = next();
            shift.month = next();
            shift.pairs = new Pair[doctors.length];
            need[n] = next();
        }
        for (int t = 0; t < tables.length; t++) {
            tables[t] = new Table();
            tables[t].base = next();
            tables[t].costs = new long[next()];
            for (int c = 0; c < tables[t].costs.length; c++) tables[t].costs[c] = nextLong();
        }
        for (int p = 0; p < pairs; p++) {
            Shift shift = first[next()];
            Doctor doctor = doctors[next()];
            Pair pair = shift.pairs[doctor.id] = new Pair();
            pair.cost = nextLong();
            pair.load = nextLong();
            pair.tables = new int[next()];
            pair.adds = new int[pair.tables.length];
            for (int k = 0; k < pair.tables.length; k++) {
                pair.tables[k] = next();
                pair.adds[k] = next();
            }
            shift.candidates.add(doctor);
        }
        for (int m = 0; m < members; m++) {
            Member member = new Member();
            member.group = next() * 64;
            member.group += next();
            member.doctor = doctors[next()];
            member.ahead = nextLong();
            roster.members.add(member);
        }
        for (int n = 0; n < duties; n++) {
            for (int copy = 0; copy < need[n]; copy++) {
                Shift shift = new Shift();
                shift.id = roster.shifts.size();
                shift.duty = n;
                shift.line = first[n].line;
                shift.band = first[n].band;
                shift.start = first[n].start;
                shift.end = first[n].end;
                shift.day = first[n].day;
                shift.month = first[n].month;
                shift.pairs = first[n].pairs;
                shift.candidates = first[n].candidates;
                roster.shifts.add(shift);
            }
        }
        return roster;
    }

    public static void main(String[] arguments) throws IOException {
        long began = System.nanoTime();
        balanced = arguments[1].equals("balanced");
        Roster problem = read(arguments[0]);
        double read = (System.nanoTime() - began) / 1e9;
        long left = Math.max(1000L, Math.round(1000 * (Double.parseDouble(arguments[2]) - read)));
        SolverConfig config = new SolverConfig()
            .withSolutionClass(Roster.class)
            .withEntityClasses(Shift.class)
            .withConstraintProviderClass(Rules.class)
            .withRandomSeed(Long.parseLong(arguments[3]))
            .withPhases(new ConstructionHeuristicPhaseConfig(), new LocalSearchPhaseConfig()
                .withAcceptorConfig(new LocalSearchAcceptorConfig().withLateAcceptanceSize(LATE_ACCEPTANCE))
                .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1)))
            .withTerminationConfig(new TerminationConfig().withSpentLimit(Duration.ofMillis(left)));
        Roster best = SolverFactory.<Roster>create(config).buildSolver().solve(problem);
        StringBuilder out = new StringBuilder();
        for (Shift shift : best.shifts) {
            if (shift.doctor != null) out.append("A ").append(shift.duty).append(' ').append(shift.doctor.id).append('\n');
        }
        out.append("score ").append(best.score).append('\n');
        out.append("seconds ").append((System.nanoTime() - began) / 1e9).append('\n');
        System.out.print(out);
    }

    private Timefold() { }
}
