"""The embedded engine: one folder, one writer, any number of readers."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy
from tantivy import DocAddress, Order, Query

from smallplaces.errors import Locked, NoRoom, UserError
from smallplaces.search import plan as p
from smallplaces.search.backends.base import Answer, Found, IndexState
from smallplaces.search.backends.tantivy.compile import Compiler
from smallplaces.search.backends.tantivy.counting import Counter
from smallplaces.search.backends.tantivy.folder import IndexFolder
from smallplaces.search.backends.tantivy.grouping import best_of_works, total_of
from smallplaces.search.backends.tantivy.schema import (
    FACET,
    SURFACE,
    document,
    register,
    schema,
    watermark_document,
)
from smallplaces.search.crew import prepare_many
from smallplaces.search.near import nearest
from smallplaces.search.prepare import restore
from smallplaces.search.schema import SCHEMA_VERSION, Entry

_HEAP = 256_000_000
_SMALL_HEAP = 64_000_000
_THREADS = 2
_FULL = 16_000_000


class _Batch:
    """Changes of one writer, not yet visible. ``before`` is the index as it was, None for a new one."""

    def __init__(
        self, writer: tantivy.IndexWriter, schema: tantivy.Schema, before: tantivy.Searcher | None, build: Path
    ) -> None:
        self._writer = writer
        self._build = build
        self._schema = schema
        self._before = before
        self._added: set[int] = set()
        self.watermark = 0

    def add(self, entries: Iterable[Entry]) -> int:
        """Add entries, each in place of the one of the same id; how many."""
        count = 0
        for prepared in prepare_many(entries):
            self.delete([prepared.entry.id])
            with _refusals(self._build):
                self._writer.add_document(document(prepared))
            self._added.add(prepared.entry.id)
            count += 1
        return count

    def delete(self, ids: Iterable[int]) -> None:
        """Take entries away; an unknown id is no error."""
        for number in ids:
            if number in self._added or (self._before is not None and self._before.doc_freq("id", number)):
                # by a query: deletion by a term of a numeric field misses what earlier commits hold
                self._writer.delete_documents_by_query(Query.term_query(self._schema, "id", number))
                self._added.discard(number)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What one state of the index is read with."""

    stamp: tuple[str, int, int]
    index: tantivy.Index
    searcher: tantivy.Searcher
    compiler: Compiler
    counter: Counter


class TantivyBackend:
    """An index in ``folder``; see :class:`smallplaces.search.backends.base.Backend`."""

    def __init__(self, folder: Path) -> None:
        self.folder = IndexFolder(folder)
        self._base = str(folder)
        self._schema = schema()
        self._reader: _Reader | None = None
        self._lock = threading.RLock()

    # -- state ---------------------------------------------------------------------------------

    def state(self) -> IndexState:
        """Whether the index can be asked."""
        return self.folder.state()

    def count(self) -> int:
        """How many entries the committed index holds."""
        reader = self._read()
        if reader is None:
            return 0
        return total_of(reader.searcher.search(reader.compiler.everything(), 1))

    def ids(self) -> Iterator[int]:
        """The id of every entry, in no order."""
        reader = self._read()
        total = self.count()
        if reader is None or not total:
            return
        found = reader.searcher.search(reader.compiler.everything(), total, count=False, order_by_field="id")
        yield from (int(value) for value, _ in found.hits)

    def entries(self) -> Iterator[Entry]:
        """Every entry as it is stored, in no order."""
        reader = self._read()
        total = self.count()
        if reader is None or not total:
            return
        found = reader.searcher.search(reader.compiler.everything(), total, count=False, order_by_field="id")
        yield from (_found(reader.searcher, 0.0, address, 1).entry for _, address in found.hits)

    def matching(self, node: p.Node, filters: Sequence[p.Has]) -> Iterator[int]:
        """The id of every entry that matches, in order."""
        reader = self._read()
        query = reader.compiler.query(node, filters) if reader else None
        if reader is None or query is None:
            return
        total = total_of(reader.searcher.search(query, 1))
        if total:
            found = reader.searcher.search(query, total, count=False, order_by_field="id", order=Order.Asc)
            yield from (int(value) for value, _ in found.hits)

    def watermark(self) -> int:
        """The last change that the committed index holds; 0 for an empty one."""
        reader = self._read()
        if reader is None:
            return 0
        found = reader.searcher.search(Query.term_query(self._schema, "meta", "watermark", "basic"), 1).hits
        return int(_stored(reader.searcher, found[0][1])) if found else 0

    def generation(self) -> str:
        """A name that changes with every commit that this process can see."""
        reader = self._read()
        return "/".join(map(str, reader.stamp)) if reader else ""

    def status(self) -> Mapping[str, object]:
        """Numbers for ``doctor``."""
        build = self.folder.current()
        reader = self._read()
        return {
            "state": str(self.state()),
            "schema": SCHEMA_VERSION,
            "entries": self.count(),
            "segments": reader.searcher.num_segments if reader else 0,
            "bytes": sum(file.stat().st_size for file in build.iterdir()) if build else 0,
            "watermark": self.watermark(),
        }

    def _read(self) -> _Reader | None:
        """The reader of the present commit; None when there is no index that can be read."""
        stamp = self._stamp()
        reader = self._reader
        if stamp is not None and reader is not None and reader.stamp == stamp:
            return reader
        with self._lock:
            stamp = self._stamp()
            if stamp is None or self.state() is not IndexState.READY:
                self._reader = None
                return None
            if self._reader is not None and self._reader.stamp == stamp:
                return self._reader
            if self._reader is not None and self._reader.stamp[0] == stamp[0]:
                index = self._reader.index
                index.reload()
            else:
                try:
                    index = _open(self.folder.path / stamp[0])
                except ValueError:
                    if stamp != self._stamp():  # swapped away and swept between the look and the step
                        return self._read()
                    raise
            self._reader = reader_of(stamp, index)
            return self._reader

    def _stamp(self) -> tuple[str, int, int] | None:
        """What changes with every commit; asked at every search, so it costs two system calls."""
        try:
            build = self.folder.current_name()
            found = os.stat(f"{self._base}/{build}/meta.json")  # noqa: PTH116 (a Path costs ten times as much)
        except FileNotFoundError:
            return None
        return build, found.st_mtime_ns, found.st_ino

    # -- writing -------------------------------------------------------------------------------

    @contextlib.contextmanager
    def batch(self) -> Iterator[_Batch]:
        """Changes committed together at the end of the block, rolled back when it raises.

        Raises :class:`Locked` when another process writes, :class:`UserError` when the index must
        be rebuilt first, :class:`NoRoom` when the disk is full.
        """
        with self.folder.writing():
            state = self.state()
            if state is IndexState.REBUILD:
                raise UserError(
                    "The search index was made by another version: rebuild it.", where=str(self.folder.path)
                )
            self.folder.sweep()
            build = self.folder.current()
            if build is None:
                build = self.folder.new_build()
                tantivy.Index(self._schema, str(build))
                self.folder.swap(build)
            reader = self._read()
            with self._writing(build, _SMALL_HEAP, reader.searcher if reader else None) as batch:
                batch.watermark = self.watermark()
                yield batch

    @contextlib.contextmanager
    def rebuild(self) -> Iterator[_Batch]:
        """A new, empty index that takes the place of the present one at the end of the block.

        Until then the present one answers. Raises as :meth:`batch`.
        """
        with self.folder.writing():
            self.folder.sweep()
            build = self.folder.new_build()
            tantivy.Index(self._schema, str(build))
            try:
                with self._writing(build, _HEAP, None) as batch:
                    yield batch
            except BaseException:
                shutil.rmtree(build, ignore_errors=True)
                raise
            self.folder.swap(build)

    @contextlib.contextmanager
    def _writing(self, build: Path, heap: int, before: tantivy.Searcher | None) -> Iterator[_Batch]:
        with _refusals(build):
            writer = _open(build).writer(heap, _THREADS)
            writer.garbage_collect_files()  # what a batch that died half way left behind
        batch = _Batch(writer, self._schema, before, build)
        try:
            yield batch
            writer.delete_documents_by_term("meta", "watermark")
            writer.add_document(watermark_document(batch.watermark))
            with _refusals(build):
                writer.commit()
        except BaseException:
            with contextlib.suppress(ValueError):  # a writer whose threads died cannot roll back; nothing was committed
                writer.rollback()
            raise
        finally:
            with contextlib.suppress(ValueError):
                writer.wait_merging_threads()

    # -- searching -----------------------------------------------------------------------------

    def search(self, plan: p.Plan) -> Answer:
        """Answer a plan."""
        reader = self._read()
        query = reader.compiler.query(plan.node, plan.filters, plan.prefer) if reader else None
        if reader is None or query is None:
            return Answer(facets=dict.fromkeys(plan.facets, ()))
        counts = reader.counter.begin(plan, query, reader.compiler)
        if plan.grouped:
            total, hits, works = best_of_works(reader.searcher, query, plan)
        else:
            total, hits = _top(reader.searcher, query, plan)
            works = None
        found = tuple(_found(reader.searcher, *hit) for hit in hits)
        return Answer(found, total, counts(), works)

    def known(self, node: p.Node) -> bool:
        """Whether any entry could match this node: its terms exist."""
        reader = self._read()
        return reader is not None and reader.compiler.node(node) is not None

    def values(self, facet: str) -> Mapping[str, int]:
        """Every value of a facet with the number of its entries."""
        reader = self._read()
        return dict(reader.searcher.terms_with_prefix(FACET + facet, "")) if reader else {}

    def near(self, word: str, groups: Sequence[str], limit: int = 5) -> Sequence[tuple[str, int]]:
        """Words of the index spelt almost like this one, with how often they occur; best first."""
        reader = self._read()
        if reader is None or not word:
            return ()
        known: dict[str, int] = {}
        beginnings = {word[0], *word[1:2]}  # a slip may be in the first letter, by a swap or one too many
        for group in groups:
            for beginning in beginnings:
                for found, count in reader.searcher.terms_with_prefix(SURFACE + group, beginning):
                    known[found] = known.get(found, 0) + count
        return nearest(word, known, limit)


def reader_of(stamp: tuple[str, int, int], index: tantivy.Index) -> _Reader:
    """What the present state of an index is read with; ``stamp`` names that state."""
    searcher = index.searcher()
    return _Reader(stamp, index, searcher, Compiler(searcher, index.schema), Counter(searcher))


def _open(build: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(build))
    index.config_reader("manual")
    register(index)
    index.reload()
    return index


@contextlib.contextmanager
def _refusals(build: Path) -> Iterator[None]:
    """What the engine refuses, as our errors. It does not always say that the disk is full."""
    try:
        yield
    except (ValueError, OSError) as error:
        text = str(error)
        if "LockBusy" in text or "Lockfile" in text:
            raise Locked("The search index is being written by another process.") from error
        if "os error 28" in text or "No space left" in text or shutil.disk_usage(build).free < _FULL:
            raise NoRoom("The disk is full: the search index could not be written.") from error
        raise


def _top(searcher: tantivy.Searcher, query: Query, plan: p.Plan) -> tuple[int, list[tuple[float, DocAddress, int]]]:
    """(total, [(score, address, 1)]) of the page that the plan asks for."""
    limit = max(plan.limit, 1)
    if plan.sort == "relevance":
        found = searcher.search(query, limit, offset=plan.offset, weight_by_field="weight")
    elif plan.sort == "date":
        found = searcher.search(query, limit, offset=plan.offset, order_by_field="date_up", order=Order.Asc)
    else:
        found = searcher.search(query, limit, offset=plan.offset, order_by_field="date")
    hits = [(float(score or 0.0), address, 1) for score, address in found.hits[: plan.limit]]
    return total_of(found), hits


def _stored(searcher: tantivy.Searcher, address: DocAddress) -> bytes:
    return bytes(searcher.doc(address).get_first("stored") or b"")


def _found(searcher: tantivy.Searcher, score: float, address: DocAddress, in_work: int) -> Found:
    return restore(_stored(searcher, address), score, in_work)
