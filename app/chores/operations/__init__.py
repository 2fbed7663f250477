"""Changes: the lease that lets one runner work, backup and restore."""

from app.chores.operations.backups import RestoreRefused, back_up, restore
from app.chores.operations.leases import give_up_lease, take_lease

__all__ = ["RestoreRefused", "back_up", "give_up_lease", "restore", "take_lease"]
