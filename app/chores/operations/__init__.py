"""Changes: the lease that lets one runner work, backup and restore."""

from app.chores.operations.backups import RestoreRefused, back_up, restore
from app.chores.operations.leases import LEASE, give_up_lease, held_elsewhere, host, take_lease

__all__ = ["LEASE", "RestoreRefused", "back_up", "give_up_lease", "held_elsewhere", "host", "restore", "take_lease"]
