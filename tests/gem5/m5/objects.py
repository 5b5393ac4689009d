"""Every class there may be; objects take every attribute and are told apart by their class."""


class _Port:
    pass


class Object:
    def __init__(self, **parameters):
        self.__dict__.update(parameters)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        value = Object() if not name.endswith(("port", "ports", "side")) else _Port()
        self.__dict__[name] = value
        return value

    def __call__(self, *arguments, **parameters):
        return None

    def __iter__(self):
        return iter([Object()])


class _Processor(Object):
    def totalInsts(self):
        return 79


class Addr:
    max = 0xFFFFFFFFFFFFFFFF


class AddrRange(Object):
    def __init__(self, start, end=None, **parameters):
        super().__init__(start=start, end=end, **parameters)


class ArmExtension:
    def __init__(self, name):
        self.name = name


class ArmDefaultRelease(Object):
    def remove(self, extension):
        pass


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)
    made = type(name, (_Processor if name.endswith("CPU") else Object,), {})
    globals()[name] = made
    return made
