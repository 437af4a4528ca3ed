"""The kernel has not become slower: no row of bench grew by more than a tenth."""
import bench

GROWTH = 1.10


def test_no_row_has_grown():
    counts = bench.measure()
    rows = bench.read_table()
    missing = [row.name for row in rows if row.name not in counts]
    assert not missing, f"not measured: {missing}"
    grown = [f"{row.name}: {counts[row.name]} instructions, recorded {row.recorded}"
             for row in rows if counts[row.name] > row.recorded * GROWTH]
    assert not grown, "grown by more than a tenth:\n" + "\n".join(grown)
