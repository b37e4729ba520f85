"""What is kept in mind: loaded when it is old, kept while it cannot be loaded, by one thread at a time."""

from threading import Event, Thread

from common.ttl_cache import TTLCache


class Store:
    """Something that is loaded, with a clock of its own."""

    def __init__(self) -> None:
        self.value, self.loads, self.now, self.broken = 1, 0, 0.0, False

    def load(self) -> int:
        self.loads += 1
        if self.broken:
            raise OSError
        return self.value

    def remembered(self) -> TTLCache[int]:
        return TTLCache(self.load, seconds=15, instead=0, failures=(OSError,), clock=lambda: self.now)


def test_it_is_loaded_once_until_it_is_old() -> None:
    store = Store()
    kept = store.remembered()
    assert [kept.get(), kept.get(), store.loads] == [1, 1, 1]
    store.value, store.now = 2, 14.9
    assert kept.get() == 1
    store.now = 15.0
    assert [kept.get(), store.loads] == [2, 2]


def test_what_is_forgotten_is_loaded_at_once_and_what_is_kept_stays() -> None:
    store = Store()
    kept = store.remembered()
    kept.get()
    store.value = 2
    kept.clear()
    assert kept.get() == 2
    kept.set(7)
    store.now = 1_000_000.0
    assert kept.get() == 7


def test_while_it_cannot_be_loaded_there_is_what_was_before_and_it_is_asked_once_a_second() -> None:
    store = Store()
    store.broken = True
    kept = store.remembered()
    assert [kept.get(), kept.get(), store.loads] == [0, 0, 1]
    store.now, store.broken = 1.0, False
    assert kept.get() == 1
    store.broken, store.now = True, 20.0
    assert kept.get() == 1


def test_while_one_thread_loads_the_others_do_not_wait() -> None:
    begun, go_on = Event(), Event()

    def load() -> int:
        begun.set()
        assert go_on.wait(30)
        return 5

    kept = TTLCache(load, seconds=15, instead=0, failures=())
    thread = Thread(target=kept.get)
    thread.start()
    assert begun.wait(30)
    assert kept.get() == 0
    go_on.set()
    thread.join(30)
    assert kept.get() == 5
