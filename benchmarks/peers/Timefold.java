import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintCollectors;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.Joiners;
import ai.timefold.solver.core.api.solver.SolverFactory;
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
        public int load;

        public int getId() { return id; }
    }

    /** What one doctor costs on one duty: a linear cost, and what it adds to which tables of convex costs. */
    public static final class Pair {
        public long cost;
        public int[] tables;
        public int[] adds;
    }

    /** A table of costs by count. */
    public static final class Table {
        public int base;
        public long[] costs;

        public long over(int count) { return costs[Math.min(Math.max(base + count, 0), costs.length - 1)] - costs[base]; }
    }

    public static Table[] tables;
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
        public long getStart() { return start; }
        public long getRested() { return end + restMinutes; }
        public int getDay() { return day; }
        public int getSpaced() { return day + spacingDays; }
        public int getMonth() { return month; }
        public int getGroup() { return line * 64 + band; }
        public Pair pair() { return pairs[doctor.id]; }
        public int table(int place) { return place < pair().tables.length ? pair().tables[place] : -1; }
        public int adds(int place) { return pair().adds[place]; }
    }

    /** The whole problem. */
    @PlanningSolution
    public static class Roster {
        @PlanningEntityCollectionProperty public List<Shift> shifts = new ArrayList<>();
        @PlanningScore public HardSoftLongScore score;

        public List<Shift> getShifts() { return shifts; }
    }

    /** Cover, rest, caps, spacing, fairness and preferences; availability is the range of values itself. */
    public static class Rules implements ConstraintProvider {
        private static final int PLACES = 6;

        @Override
        public Constraint[] defineConstraints(ConstraintFactory make) {
            List<Constraint> all = new ArrayList<>(List.of(
                make.forEachIncludingUnassigned(Shift.class).filter(s -> s.doctor == null)
                    .penalizeLong(HardSoftLongScore.ONE_SOFT, s -> missingWeight).asConstraint("cover"),
                make.forEachUniquePair(Shift.class, Joiners.equal(Shift::getDoctor),
                        Joiners.overlapping(Shift::getStart, Shift::getRested))
                    .penalizeLong(HardSoftLongScore.ONE_HARD, (a, b) -> 1L).asConstraint("rest"),
                make.forEach(Shift.class).groupBy(Shift::getDoctor, Shift::getMonth, ConstraintCollectors.count())
                    .filter((d, month, n) -> n > d.monthCap)
                    .penalizeLong(HardSoftLongScore.ONE_HARD, (d, month, n) -> n - d.monthCap).asConstraint("month"),
                make.forEach(Shift.class).groupBy(Shift::getDoctor, ConstraintCollectors.count())
                    .filter((d, n) -> n > d.quarterCap)
                    .penalizeLong(HardSoftLongScore.ONE_HARD, (d, n) -> n - d.quarterCap).asConstraint("quarter"),
                make.forEachUniquePair(Shift.class, Joiners.equal(Shift::getDoctor),
                        Joiners.overlapping(Shift::getDay, Shift::getSpaced))
                    .penalizeLong(HardSoftLongScore.ONE_SOFT,
                        (a, b) -> spacingWeight * (spacingDays - Math.abs(a.day - b.day))).asConstraint("spacing"),
                make.forEach(Shift.class).filter(s -> s.pair().cost != 0)
                    .penalizeLong(HardSoftLongScore.ONE_SOFT, s -> s.pair().cost).asConstraint("preferences")));
            if (balanced) {
                all.add(make.forEach(Shift.class)
                    .groupBy(Shift::getGroup, ConstraintCollectors.loadBalance(Shift::getDoctor, s -> s.doctor.load))
                    .penalizeLong(HardSoftLongScore.ONE_SOFT, (group, load) -> {
                        double unfair = load.unfairness().doubleValue() / 3.0;
                        return Math.round(10_000.0 * unfair * unfair);
                    }).asConstraint("load balance"));
            }
            for (int place = 0; place < PLACES; place++) {
                int at = place;
                all.add(make.forEach(Shift.class).filter(s -> s.table(at) >= 0)
                    .groupBy(s -> s.table(at), ConstraintCollectors.sum(s -> s.adds(at)))
                    .impactLong(HardSoftLongScore.ONE_SOFT, (table, n) -> -tables[table].over(n))
                    .asConstraint("table " + at));
            }
            return all.toArray(new Constraint[0]);
        }
    }

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
        int pairs = next();
        restMinutes = nextLong();
        spacingDays = next();
        spacingWeight = nextLong();
        missingWeight = nextLong();
        for (int d = 0; d < doctors.length; d++) {
            doctors[d] = new Doctor();
            doctors[d].id = d;
            doctors[d].monthCap = next();
            doctors[d].quarterCap = next();
            doctors[d].load = next();
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
            pair.tables = new int[next()];
            pair.adds = new int[pair.tables.length];
            for (int k = 0; k < pair.tables.length; k++) {
                pair.tables[k] = next();
                pair.adds[k] = next();
            }
            shift.candidates.add(doctor);
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
