/* Made from docs/openapi.json by `make openapi`. */
export {};

/**
 * @typedef {object} Account
 * @property {number} id
 * @property {string} username
 * @property {string} email
 * @property {"admin"|"manager"|"driver"|"viewer"} role
 * @property {string[]} permissions
 * @property {boolean} must_change_password
 * @property {boolean} mfa_enabled
 */
/**
 * @typedef {object} ActionResult
 * @property {string|null} key
 * @property {string|null} type
 * @property {number|null} orderId
 * @property {"applied"|"duplicate"|"conflict"|"rejected"} outcome
 * @property {string|null} [code]
 * @property {string|null} [error]
 * @property {Record<string, any>} [details]
 * @property {number|null} [syncVersion]
 * @property {number|null} [photoId]
 * @property {string[]} [warnings]
 * @property {OrderDetail|null} [serverVersion]
 */
/**
 * @typedef {object} Activity
 * @property {number} id
 * @property {string} timestamp
 * @property {string} page_url
 * @property {string|null} page_title
 * @property {string} action_type
 * @property {string} action
 * @property {number|null} duration_ms
 * @property {string} ip_address
 * @property {string|null} referrer
 * @property {string} details
 */
/**
 * @typedef {object} AddressFound
 * @property {string} address
 * @property {number} latitude
 * @property {number} longitude
 */
/**
 * @typedef {object} AddressQuery
 * @property {string} address
 */
/**
 * @typedef {object} Alert
 * @property {number} id
 * @property {string} alert_type
 * @property {"high"|"medium"|"low"} severity
 * @property {"info"|"warning"|"critical"} stored_severity
 * @property {number|null} user_id
 * @property {string|null} username
 * @property {string|null} session_id
 * @property {string} description
 * @property {string} message
 * @property {string|null} metadata
 * @property {Record<string, any>} details
 * @property {"pending"|"acknowledged"|"resolved"|"dismissed"} status
 * @property {boolean} acknowledged
 * @property {string} created_at
 * @property {string|null} acknowledged_at
 * @property {number|null} acknowledged_by
 * @property {string|null} resolved_at
 * @property {number|null} resolved_by
 * @property {string|null} ip_address
 * @property {string|null} endpoint
 * @property {null} [method]
 * @property {number|null} data_rows
 */
/**
 * @typedef {object} Alerts
 * @property {Alert[]} alerts
 */
/**
 * @typedef {object} AlertsAnswer
 * @property {boolean} [success]
 * @property {Alerts} data
 */
/**
 * @typedef {object} Analysis
 * @property {number} score
 * @property {string} reasoning
 * @property {string|null} improvement
 */
/**
 * @typedef {object} AnalysisAnswer
 * @property {boolean} [success]
 * @property {Analysis} analysis
 * @property {Components} context
 */
/**
 * @typedef {object} AnalysisQuestion
 * @property {number} device_id
 * @property {number} [cabinet_index]
 * @property {NamedProduct} product
 * @property {string} slot
 * @property {string} [action]
 */
/**
 * @typedef {object} ArticleList
 * @property {boolean} [success]
 * @property {ListedArticle[]} articles
 * @property {number} total_count
 * @property {Record<string, number>} categories
 */
/**
 * @typedef {object} ArticleShown
 * @property {boolean} [success]
 * @property {ShownArticle} article
 */
/**
 * @typedef {object} AssetReport
 * @property {string} startDate
 * @property {string} endDate
 * @property {number} daysInRange
 * @property {AssetRow[]} devices
 * @property {AssetTotals} totals
 */
/**
 * @typedef {object} AssetRow
 * @property {number} deviceId
 * @property {string} asset
 * @property {string} cooler
 * @property {string} location
 * @property {string} routeName
 * @property {number|null} routeNumber
 * @property {number} totalTransactions
 * @property {number} totalUnits
 * @property {number} totalSales
 * @property {number} dailyAverage
 * @property {number|null} revenuePerUnit
 * @property {number|null} averageTicket
 * @property {number} activeDays
 * @property {string|null} firstSaleDate
 * @property {string|null} lastSaleDate
 * @property {number} sharePercent
 * @property {number|null} quartile
 */
/**
 * @typedef {object} AssetTotals
 * @property {number} totalTransactions
 * @property {number} totalUnits
 * @property {number} totalSales
 * @property {number} dailyAverage
 */
/**
 * @typedef {object} Assigned
 * @property {string} message
 * @property {number|null} previousRouteId
 */
/**
 * @typedef {object} AttemptShown
 * @property {number} number
 * @property {string} at
 * @property {number} milliseconds
 * @property {number|null} status
 * @property {string|null} answer
 * @property {string|null} problem
 */
/**
 * @typedef {object} AuditEvent
 * @property {number} id
 * @property {number|null} user_id
 * @property {string} action
 * @property {string} resource_type
 * @property {number|null} resource_id
 * @property {string|null} details
 * @property {string|null} ip_address
 * @property {string} created_at
 * @property {string|null} actor_username
 * @property {string} outcome
 */
/**
 * @typedef {object} AuditPage
 * @property {AuditRow[]} events
 * @property {string|null} next
 */
/**
 * @typedef {object} AuditRow
 * @property {number} id
 * @property {string} at
 * @property {number|null} actor_id
 * @property {string} actor_username
 * @property {string|null} actor_role
 * @property {string} action
 * @property {string} resource_type
 * @property {string|null} resource_id
 * @property {string} outcome
 * @property {Record<string, any>|null} before
 * @property {Record<string, any>|null} after
 * @property {Record<string, any>|null} details
 * @property {string|null} ip_address
 * @property {string|null} user_agent
 * @property {string|null} request_id
 */
/**
 * @typedef {object} AuditTrail
 * @property {number} user_id
 * @property {string} username
 * @property {number} is_deleted
 * @property {AuditEvent[]} audit_events
 */
/**
 * @typedef {object} Available
 * @property {boolean} available
 */
/**
 * @typedef {object} Avatar
 * @property {string} avatar
 */
/**
 * @typedef {object} Badge
 * @property {number} count
 * @property {Notice[]} notifications
 */
/**
 * @typedef {object} Band
 * @property {number} lower
 * @property {number} upper
 */
/**
 * @typedef {object} Bands
 * @property {Band} confidence_68
 * @property {Band} confidence_95
 */
/**
 * @typedef {object} BatchDone
 * @property {number} user_id
 * @property {"success"} [status]
 * @property {string} username
 */
/**
 * @typedef {object} BatchRefused
 * @property {number} user_id
 * @property {"failed"} [status]
 * @property {string} reason
 */
/**
 * @typedef {object} BatchResult
 * @property {(BatchDone|BatchRefused)[]} results
 */
/**
 * @typedef {object} BlockedAddress
 * @property {string} ip_address
 * @property {string} reason
 * @property {string} blocked_at
 * @property {string} expires_at
 */
/**
 * @typedef {object} BulkDelete
 * @property {number[]} [deviceIds]
 */
/**
 * @typedef {object} BulkDeleted
 * @property {true} [success]
 * @property {number} deletedCount
 * @property {number[]} skipped
 */
/**
 * @typedef {object} Cabinet
 * @property {number} id
 * @property {number} typeId
 * @property {string} cabinetType
 * @property {string} modelName
 * @property {number} cabinetIndex
 * @property {boolean} isParent
 * @property {string} cabinet_type
 * @property {number} cabinet_index
 * @property {boolean} is_parent
 * @property {number} rows
 * @property {number} columns
 * @property {string} planogramKey
 */
/**
 * @typedef {object} CabinetChange
 * @property {string|null} [cabinetType]
 * @property {string|null} [modelName]
 * @property {boolean} [force]
 */
/**
 * @typedef {object} CabinetConfiguration
 * @property {number} id
 * @property {string} cabinetType
 * @property {string|null} modelName
 * @property {boolean} isParent
 * @property {number} cabinetIndex
 * @property {number} rows
 * @property {number} columns
 */
/**
 * @typedef {object} CabinetRemoved
 * @property {true} [success]
 * @property {string} removed_at
 * @property {Cabinet[]} cabinetConfiguration
 */
/**
 * @typedef {object} CabinetType
 * @property {number} id
 * @property {string} name
 * @property {string} description
 * @property {number} rows
 * @property {number} cols
 * @property {string} icon
 * @property {"refrigerated"|"frozen"|"ambient"} temperatureClass
 */
/**
 * @typedef {object} CabinetTypeContent
 * @property {string} name
 * @property {string} description
 * @property {number} rows
 * @property {number} cols
 * @property {string} icon
 * @property {"refrigerated"|"frozen"|"ambient"} [temperatureClass]
 */
/**
 * @typedef {object} CabinetWish
 * @property {string|null} [cabinetType]
 * @property {string|null} [modelName]
 */
/**
 * @typedef {object} CacheCheck
 * @property {"disabled"} [status]
 * @property {CacheStats} [stats]
 */
/**
 * @typedef {object} CacheStats
 * @property {number} [size]
 * @property {number} [max_size]
 * @property {number} [hits]
 * @property {number} [misses]
 * @property {number} [hit_rate]
 * @property {number} [evictions]
 * @property {number} [sets]
 */
/**
 * @typedef {object} CacheStatsAnswer
 * @property {boolean} [success]
 * @property {CacheStats} stats
 */
/**
 * @typedef {object} Cancellation
 * @property {string} reason
 */
/**
 * @typedef {object} Catalogue
 * @property {string} digest
 * @property {CatalogueEntry[]} events
 */
/**
 * @typedef {object} CatalogueEntry
 * @property {string} name
 * @property {number} version
 * @property {string} description
 * @property {boolean} adminsOnly
 * @property {Record<string, any>} jsonSchema
 */
/**
 * @typedef {object} Category
 * @property {string} name
 * @property {number} article_count
 * @property {string} description
 * @property {string} icon
 * @property {string} color
 * @property {number} sort_order
 */
/**
 * @typedef {object} CategoryList
 * @property {boolean} [success]
 * @property {Category[]} categories
 */
/**
 * @typedef {object} Cell
 * @property {string} selection_number
 * @property {number|null} units_sold
 * @property {number|null} revenue_cents
 * @property {number|null} price_cents
 * @property {number|null} capacity
 */
/**
 * @typedef {object} CellCount
 * @property {number} total_cells
 * @property {number} filled_cells
 * @property {number} empty_cells
 */
/**
 * @typedef {object} Checks
 * @property {DatabaseCheck} database
 * @property {CacheCheck} cache
 * @property {Record<string, MonitoringTrendsPerformance>} performance
 */
/**
 * @typedef {object} ClearedSlot
 * @property {string} slot_position
 * @property {string} cleared_at
 * @property {string|null} cleared_by
 * @property {number} previous_product_id
 * @property {string} previous_product_name
 */
/**
 * @typedef {object} ClearedSlots
 * @property {string} planogram_key
 * @property {ClearedSlot[]} cleared_slots
 */
/**
 * @typedef {object} Client
 * @property {number} id
 * @property {string} name
 * @property {string} owner
 * @property {string} contact
 * @property {"active"|"expired"|"revoked"} status
 * @property {string[]} scopes
 * @property {FilterShown|null} rows
 * @property {number} requestsPerMinute
 * @property {number} requestsPerDay
 * @property {string|null} expiresAt
 * @property {string|null} revokedAt
 * @property {string|null} lastUsedAt
 * @property {CredentialShown[]} credentials
 * @property {number} version
 * @property {string} createdBy
 * @property {string} createdAt
 * @property {string} updatedAt
 */
/**
 * @typedef {object} ClientChange
 * @property {string|null} [name]
 * @property {string|null} [owner]
 * @property {string|null} [contact]
 * @property {("devices:read"|"devices:write"|"locations:read"|"locations:write"|"products:read"|"products:write"|"planograms:read"|"planograms:write"|"stock:write"|"orders:read"|"orders:write"|"sales:read"|"sales:write"|"reads:read"|"reads:write"|"routes:read"|"reports:read"|"webhooks:read"|"webhooks:write")[]|null} [scopes]
 * @property {Filter|null} [rows]
 * @property {number|null} [requestsPerMinute]
 * @property {number|null} [requestsPerDay]
 * @property {string|null} [expiresAt]
 * @property {number|null} [version]
 */
/**
 * @typedef {object} ClientDeleted
 * @property {string} message
 */
/**
 * @typedef {object} ClientMade
 * @property {Client} client
 * @property {Secret} credential
 */
/**
 * @typedef {object} ColorScale
 * @property {number} [min]
 * @property {number} [max]
 * @property {string[]} [gradient]
 */
/**
 * @typedef {object} Company
 * @property {string} company_name
 * @property {string} time_zone
 * @property {string} currency
 * @property {number} week_start
 * @property {number} monthly_revenue_target
 * @property {number} milestone_month
 * @property {number} default_par_percent
 * @property {number} minutes_per_cabinet
 */
/**
 * @typedef {object} CompanyChange
 * @property {string|null} [company_name]
 * @property {string|null} [time_zone]
 * @property {string|null} [currency]
 * @property {number|null} [week_start]
 * @property {number|null} [monthly_revenue_target]
 * @property {number|null} [milestone_month]
 * @property {number|null} [default_par_percent]
 * @property {number|null} [minutes_per_cabinet]
 */
/**
 * @typedef {object} Components
 * @property {number} zone_score
 * @property {number} affinity_score
 * @property {number} category_score
 * @property {null} [ai_score]
 */
/**
 * @typedef {object} ConstraintsInput
 * @property {AdviceLayoutsPlace[]} [locked_positions]
 * @property {number} [max_moves]
 * @property {Record<string, number[]>} [category_blocks]
 */
/**
 * @typedef {object} ConstraintsOutput
 * @property {PlaceOutput[]} [locked_positions]
 * @property {number} [max_moves]
 * @property {Record<string, number[]>} [category_blocks]
 */
/**
 * @typedef {object} ConstraintsAnswer
 * @property {boolean} [success]
 * @property {boolean} overall_valid
 * @property {Validation[]} validations
 */
/**
 * @typedef {object} ConstraintsQuestion
 * @property {number} device_id
 * @property {number} [cabinet_index]
 * @property {WantedChange[]} changes
 */
/**
 * @typedef {object} CorrectionBody
 * @property {number} [units]
 * @property {number} [cash]
 * @property {string} reason
 */
/**
 * @typedef {object} Counted
 * @property {boolean} [success]
 * @property {number} counted
 * @property {number} changed
 * @property {CountedSlot[]} slots
 */
/**
 * @typedef {object} CountedSlot
 * @property {number} slotId
 * @property {string} position
 * @property {number} productId
 * @property {number} quantityBefore
 * @property {number} quantity
 * @property {number} delta
 */
/**
 * @typedef {object} Coverage
 * @property {number} total
 * @property {number} with_grid
 * @property {number} percentage
 */
/**
 * @typedef {object} CredentialShown
 * @property {string} clientId
 * @property {string} createdAt
 * @property {string|null} endsAt
 * @property {string|null} lastUsedAt
 */
/**
 * @typedef {object} Credentials
 * @property {string} username
 * @property {string} password
 */
/**
 * @typedef {object} Current
 * @property {SessionNow[]} sessions
 * @property {SessionsSummary} summary
 * @property {Pages} pagination
 * @property {string} timestamp
 */
/**
 * @typedef {object} CurrentAccount
 * @property {number} id
 * @property {string} username
 * @property {string} email
 * @property {"admin"|"manager"|"driver"|"viewer"} role
 * @property {string[]} permissions
 * @property {boolean} must_change_password
 * @property {boolean} mfa_enabled
 * @property {string} created_at
 * @property {string|null} last_login
 */
/**
 * @typedef {object} CurrentAnswer
 * @property {boolean} [success]
 * @property {Current} data
 */
/**
 * @typedef {object} CurrentUser
 * @property {CurrentAccount} user
 */
/**
 * @typedef {object} Dashboard
 * @property {Overview} overview
 * @property {RecentAlert[]} recent_alerts
 * @property {RiskyUser[]} high_risk_users
 * @property {BlockedAddress[]} blocked_ips
 * @property {SuspiciousAct[]} suspicious_activities
 */
/**
 * @typedef {object} DatabaseCheck
 * @property {"ok"} status
 * @property {number} records
 */
/**
 * @typedef {object} DaySummary
 * @property {string} date
 * @property {number} totalTransactions
 * @property {number} uniqueDevices
 * @property {number} uniqueProducts
 * @property {number} totalUnits
 * @property {number} totalCash
 */
/**
 * @typedef {object} Deleted
 * @property {true} [success]
 * @property {string} message
 */
/**
 * @typedef {object} DeletedDevice
 * @property {number} id
 * @property {string} asset
 * @property {string} cooler
 * @property {number} location_id
 * @property {string} location
 * @property {string} model
 * @property {number} device_type_id
 * @property {string} device_type_name
 * @property {string} deleted_at
 * @property {number|null} deleted_by
 * @property {string|null} deleted_by_username
 */
/**
 * @typedef {object} DeliveredItem
 * @property {number|null} [productId]
 * @property {number|null} [slotId]
 * @property {number} quantityFilled
 */
/**
 * @typedef {object} DeliveriesPage
 * @property {DeliveryShown[]} deliveries
 * @property {number} total
 * @property {number} page
 * @property {number} perPage
 */
/**
 * @typedef {object} DeliveryRecorded
 * @property {boolean} [success]
 * @property {string} message
 * @property {string[]} [warnings]
 * @property {number} serviceVisitId
 * @property {number} totalUnits
 * @property {number} orderId
 * @property {string} orderStatus
 * @property {number} cabinetOrderId
 * @property {boolean} allCabinetsCompleted
 * @property {Shortfall[]} shortfall
 */
/**
 * @typedef {object} DeliveryReport
 * @property {DeliveredItem[]} deliveredItems
 * @property {string|null} [notes]
 * @property {"routine"|"emergency"|"maintenance"|null} [serviceType]
 * @property {string|null} [executedAt]
 */
/**
 * @typedef {object} DeliveryShown
 * @property {number} id
 * @property {string} eventId
 * @property {string} eventType
 * @property {string} occurredAt
 * @property {"pending"|"delivered"|"failed"} status
 * @property {number} attempts
 * @property {number|null} lastStatus The HTTP status of the latest answer, if there was one.
 * @property {string|null} nextAttemptAt
 * @property {string|null} deliveredAt
 * @property {string} createdAt
 */
/**
 * @typedef {object} DeliveryWhole
 * @property {number} id
 * @property {string} eventId
 * @property {string} eventType
 * @property {string} occurredAt
 * @property {"pending"|"delivered"|"failed"} status
 * @property {number} attempts
 * @property {number|null} lastStatus The HTTP status of the latest answer, if there was one.
 * @property {string|null} nextAttemptAt
 * @property {string|null} deliveredAt
 * @property {string} createdAt
 * @property {Record<string, any>} body
 * @property {AttemptShown[]} tries
 */
/**
 * @typedef {object} DemoAsked
 * @property {string|null} [date_from]
 * @property {string|null} [date_to]
 * @property {number} [days]
 * @property {number} [devicesPerDay]
 * @property {boolean} [clearExisting]
 */
/**
 * @typedef {object} DemoMade
 * @property {boolean} success
 * @property {number} count
 * @property {number} salesCreated
 * @property {number} salesRemoved
 * @property {number} daysOfData
 * @property {string} dateFrom
 * @property {string} dateTo
 * @property {string} startDate
 * @property {string} endDate
 */
/**
 * @typedef {object} Device
 * @property {number} id
 * @property {string} asset
 * @property {string} cooler
 * @property {string} model
 * @property {string|null} serial_number
 * @property {number} location_id
 * @property {string} location
 * @property {number|null} route_id
 * @property {string|null} route
 * @property {number} device_type_id
 * @property {string} device_type
 * @property {DeviceTypeSummary} deviceTypeDetails
 * @property {Cabinet[]} cabinetConfiguration
 * @property {number} version
 * @property {string} created_at
 * @property {string} updated_at
 * @property {string|null} [deleted_at]
 */
/**
 * @typedef {object} DeviceAssignment
 * @property {number} deviceId
 * @property {boolean} [force]
 */
/**
 * @typedef {object} DeviceCreated
 * @property {number} id
 * @property {string} asset
 * @property {string} cooler
 * @property {number} location_id
 * @property {string} model
 * @property {number} device_type_id
 * @property {Cabinet[]} cabinetConfiguration
 * @property {number} version
 */
/**
 * @typedef {object} DeviceEdit
 * @property {string} cooler
 * @property {string} model
 * @property {string|null} [asset]
 * @property {number|null} [device_type_id]
 * @property {number|null} [location_id]
 * @property {string|null} [location]
 * @property {number|null} [route_id]
 * @property {string|null} [serial_number]
 * @property {number|null} [version]
 * @property {boolean} [force]
 */
/**
 * @typedef {object} DeviceEdited
 * @property {true} [success]
 * @property {number} version
 */
/**
 * @typedef {object} DeviceMappings
 * @property {true} [success]
 * @property {number} deviceId
 * @property {number|null} readId
 * @property {string|null} readAt
 * @property {string|null} pattern
 * @property {number} confidence
 * @property {SelectionSlot[]} selections
 * @property {number} [bookedUnits]
 * @property {number} [bookedCash]
 */
/**
 * @typedef {object} DeviceMetrics
 * @property {number} deviceId
 * @property {number} soldOutCount
 * @property {number} daysRemainingInventory
 * @property {number} dataCollectionRate
 * @property {number|null} productLevelPercent
 * @property {number} unitsToPar
 * @property {number} dailyConsumptionRate
 * @property {number|null} daysSinceService
 * @property {"critical"|"warning"|"ok"|"good"} healthClass
 * @property {string} lastCalculated
 * @property {boolean} cached
 */
/**
 * @typedef {object} DeviceOutlook
 * @property {number} deviceId
 * @property {SlotMetrics[]} slots
 * @property {ProductOutlook[]} products
 */
/**
 * @typedef {object} DevicePage
 * @property {Device[]} devices
 * @property {FleetDevicesPagination} pagination
 */
/**
 * @typedef {object} DeviceSelection
 * @property {number[]} deviceIds
 */
/**
 * @typedef {object} DeviceType
 * @property {number} id
 * @property {string} name
 * @property {string} description
 * @property {boolean} allowsAdditionalCabinets
 * @property {number|null} fixedCabinetCount
 * @property {number} minCabinets
 * @property {number} maxCabinets
 */
/**
 * @typedef {object} DeviceTypeContent
 * @property {string} name
 * @property {string} description
 * @property {boolean} [allowsAdditionalCabinets]
 * @property {number|null} [fixedCabinetCount]
 * @property {number|null} [minCabinets]
 * @property {number|null} [maxCabinets]
 */
/**
 * @typedef {object} DeviceTypeDetails
 * @property {number} id
 * @property {string} name
 * @property {string} description
 * @property {boolean} allowsAdditionalCabinets
 */
/**
 * @typedef {object} DeviceTypeSummary
 * @property {number} id
 * @property {string} name
 * @property {string} description
 * @property {boolean} allowsAdditionalCabinets
 */
/**
 * @typedef {object} DexError
 * @property {string} message
 * @property {number} [line]
 * @property {number} [field]
 * @property {string|null} [record]
 */
/**
 * @typedef {object} DexParsed
 * @property {true} [success]
 * @property {number} dex_read_id
 * @property {MachineInfo} machine_info
 * @property {number} total_records
 * @property {number} pa_records_count
 * @property {string} message
 * @property {boolean} duplicate
 * @property {ParsedRead[]} reads
 * @property {Problem[]} warnings
 */
/**
 * @typedef {object} DexRefused
 * @property {false} [success]
 * @property {DexError} error
 * @property {number|null} [dex_read_id]
 * @property {Problem[]} [errors]
 */
/**
 * @typedef {object} Dimensions
 * @property {number} rows
 * @property {number} columns
 */
/**
 * @typedef {object} Driver
 * @property {number} id
 * @property {string} username
 * @property {string} email
 * @property {string} created_at
 * @property {number} is_active
 */
/**
 * @typedef {object} DriverPlace
 * @property {number} driverId
 * @property {string} driverName
 * @property {number} latitude
 * @property {number} longitude
 * @property {number} accuracy
 * @property {number|null} speed
 * @property {number|null} heading
 * @property {string} timestamp
 */
/**
 * @typedef {object} EmptySlot
 * @property {string} position
 * @property {number} row
 * @property {number} column
 */
/**
 * @typedef {object} ErrorReport
 * @property {any} [data]
 * @property {string|null} [timestamp]
 * @property {string|null} [session]
 * @property {string} type
 * @property {string|null} [userAgent]
 * @property {string|null} [url]
 */
/**
 * @typedef {object} EventCounter
 * @property {string} code
 * @property {boolean|null} isActive
 * @property {number|null} total
 * @property {number|null} sinceLastRead
 * @property {number} told
 */
/**
 * @typedef {object} EventReport
 * @property {any} [data]
 * @property {string|null} [timestamp]
 * @property {string|null} [session]
 * @property {string} name
 */
/**
 * @typedef {object} Evidence
 * @property {string} pattern
 * @property {string|null} rowLabel
 * @property {string|null} colLabel
 * @property {number|null} rowNo
 * @property {number|null} colNo
 * @property {boolean|null} priceMatches
 * @property {string|null} productText
 */
/**
 * @typedef {object} Export
 * @property {number} id
 * @property {"jsonl"|"csv"} format
 * @property {"waiting"|"queued"|"running"|"done"|"failed"} status
 * @property {Record<string, ExportedFile>} files
 * @property {number|null} salesLeftBehind
 * @property {number|null} salesArchived
 * @property {string|null} url
 * @property {string|null} error
 * @property {string} createdAt
 * @property {string|null} finishedAt
 */
/**
 * @typedef {object} ExportPage
 * @property {Export[]} exports
 * @property {number|null} next
 */
/**
 * @typedef {object} ExportWish
 * @property {"jsonl"|"csv"} [format]
 */
/**
 * @typedef {object} ExportedFile
 * @property {number} rows
 * @property {string} sha256
 */
/**
 * @typedef {object} ExportedPlanogram
 * @property {string} planogram_key
 * @property {string} asset
 * @property {string} cooler
 * @property {string|null} location
 * @property {string} cabinet_type
 * @property {number} cabinet_index
 * @property {number} slot_count
 * @property {number} filled_slots
 * @property {number} version
 * @property {string} updated_at
 */
/**
 * @typedef {object} Factors
 * @property {number} planogram_impact
 * @property {number} current_impact
 * @property {number} seasonal_adjustment
 * @property {number} [ai_confidence]
 */
/**
 * @typedef {object} Feedback
 * @property {string} article_id
 * @property {string} type
 * @property {string|null} [comment]
 * @property {string|null} [timestamp]
 */
/**
 * @typedef {object} FeedbackKept
 * @property {boolean} [success]
 * @property {string} [message]
 */
/**
 * @typedef {object} FileRead
 * @property {number} dexReadId
 * @property {string} status
 * @property {boolean} quarantined
 * @property {number|null} deviceId
 */
/**
 * @typedef {object} FileStatus
 * @property {true} [success]
 * @property {number} fileId
 * @property {string} filename
 * @property {string} sha256
 * @property {"stored"|"applied"} status
 * @property {string} receivedAt
 * @property {string|null} appliedAt
 * @property {number} attempts
 * @property {FileRead[]} reads
 */
/**
 * @typedef {object} Filter
 * @property {number[]} [routeIds]
 * @property {number[]} [locationIds]
 * @property {number[]} [deviceIds]
 */
/**
 * @typedef {object} FilterShown
 * @property {number[]} routeIds
 * @property {number[]} locationIds
 * @property {number[]} deviceIds
 */
/**
 * @typedef {object} Filters
 * @property {string|null} category
 * @property {"Beginner"|"Intermediate"|"Advanced"|null} difficulty
 */
/**
 * @typedef {object} ForgottenPassword
 * @property {string} username
 */
/**
 * @typedef {object} ForgottenPasswordConfirmation
 * @property {string} username
 * @property {string} code
 * @property {string} newPassword
 */
/**
 * @typedef {object} GridInfo
 * @property {string} pattern_type
 * @property {number} confidence
 * @property {Dimensions} grid_dimensions
 * @property {Coverage} coverage
 */
/**
 * @typedef {object} GridInfoAnswer
 * @property {true} [success]
 * @property {string} pattern_type
 * @property {number} confidence
 * @property {Dimensions} grid_dimensions
 * @property {TotalCoverage} coverage
 * @property {string[]} errors
 */
/**
 * @typedef {object} GridLayout
 * @property {true} [success]
 * @property {Record<string, Record<string, Cell>>} grid_layout
 * @property {LabelledDimensions} dimensions
 * @property {CellCount} metadata
 */
/**
 * @typedef {object} Health
 * @property {"healthy"} status
 */
/**
 * @typedef {object} HealthCount
 * @property {number} critical
 * @property {number} warning
 * @property {number} ok
 * @property {number} good
 * @property {number} unknown
 */
/**
 * @typedef {object} HeatAnswer
 * @property {number} device_id
 * @property {number[][]} heat_matrix
 * @property {Record<string, ZoneAnalysis>} zone_analysis
 * @property {HeatOpportunity[]} optimization_opportunities
 * @property {null} [ai_recommendations]
 * @property {HeatStatistics} statistics
 * @property {Visualization} [visualization]
 * @property {number} [cache_ttl]
 * @property {string} generated_at
 */
/**
 * @typedef {object} HeatOpportunity
 * @property {string} position
 * @property {number} row
 * @property {number} column
 * @property {string} zone
 * @property {number} current_revenue
 * @property {number} potential_revenue
 * @property {string} recommendation
 */
/**
 * @typedef {object} HeatStatistics
 * @property {number} total_positions
 * @property {number} high_performance_zones
 * @property {number} revenue_concentration
 */
/**
 * @typedef {object} History
 * @property {WatchedUser} user
 * @property {Activity[]} activities
 * @property {HistorySummary} summary
 * @property {Pages} pagination
 */
/**
 * @typedef {object} HistoryAnswer
 * @property {boolean} [success]
 * @property {History} data
 */
/**
 * @typedef {object} HistorySummary
 * @property {number} total_activities
 * @property {number} unique_pages
 * @property {number} active_days
 * @property {number} avg_duration_ms
 * @property {Visits[]} most_visited
 */
/**
 * @typedef {object} Hit
 * @property {string} id
 * @property {string} title
 * @property {string} category
 * @property {"Beginner"|"Intermediate"|"Advanced"} difficulty
 * @property {string|null} description
 * @property {string} snippet
 * @property {number} score
 * @property {string} match_type
 * @property {number} read_time_minutes
 */
/**
 * @typedef {object} Hour
 * @property {number} hour
 * @property {number} users
 * @property {number} activity_count
 */
/**
 * @typedef {object} IdleCabinet
 * @property {number} deviceId
 * @property {string} asset
 * @property {number} cabinetIndex
 * @property {string} cabinetType
 */
/**
 * @typedef {object} Import
 * @property {number} id
 * @property {"cabinet_types"|"device_types"|"locations"|"routes"|"products"|"devices"|"planograms"|"sales"|"stock_counts"|"fleet"} entity
 * @property {"csv"|"jsonl"|"zip"} format
 * @property {boolean} dryRun
 * @property {"waiting"|"queued"|"running"|"done"|"failed"} status
 * @property {Rows} rows
 * @property {string|null} error
 * @property {Upload|null} [upload]
 * @property {string} createdAt
 * @property {string|null} finishedAt
 */
/**
 * @typedef {object} ImportPage
 * @property {Import[]} imports
 * @property {number|null} next
 */
/**
 * @typedef {object} ImportWish
 * @property {"cabinet_types"|"device_types"|"locations"|"routes"|"products"|"devices"|"planograms"|"sales"|"stock_counts"|"fleet"} entity
 * @property {"csv"|"jsonl"|"zip"} [format]
 * @property {boolean} [dryRun]
 * @property {string|null} [content]
 * @property {number|null} [size]
 * @property {string|null} [sha256]
 */
/**
 * @typedef {object} Improvement
 * @property {number} revenue_increase
 * @property {"low"|"medium"} confidence
 * @property {number} recommendations_count
 */
/**
 * @typedef {object} InboundDeliveries
 * @property {InboundDelivery[]} deliveries
 * @property {number} total
 */
/**
 * @typedef {object} InboundDelivery
 * @property {number} id
 * @property {string} partner
 * @property {string} messageId
 * @property {"stored"|"unpacked"|"applied"|"dead"} status
 * @property {number} sizeBytes
 * @property {string} receivedAt
 * @property {number} attempts
 * @property {string|null} error
 * @property {number[]} fileIds
 */
/**
 * @typedef {object} InboundPartner
 * @property {string} name
 * @property {string} adapter
 * @property {boolean} enabled
 * @property {string} path Where to deliver, by POST.
 * @property {string|null} oldSecretUntil
 * @property {string|null} lastDeliveryAt
 * @property {string} createdBy
 * @property {string} createdAt
 */
/**
 * @typedef {object} InboundPartnerWithSecret
 * @property {InboundPartner} partner
 * @property {string} secret
 */
/**
 * @typedef {object} InboundRotation
 * @property {number} [overlapHours]
 */
/**
 * @typedef {object} InboundSwitch
 * @property {boolean} enabled
 */
/**
 * @typedef {object} IntervalSold
 * @property {number|null} previous_read_id
 * @property {string} outcome
 * @property {string|null} started_at
 * @property {string} ended_at
 * @property {number} units
 * @property {number} value_cents
 * @property {number} held
 * @property {number} missing_reads
 * @property {number|null} cash_to_box_cents
 * @property {number|null} tubes_cents
 * @property {string[]} flags
 * @property {Record<string, any>[]} sold
 */
/**
 * @typedef {object} IpBlock
 * @property {number} id
 * @property {string} ip_address
 * @property {string} blocked_at
 * @property {string} expires_at
 * @property {string} reason
 * @property {string} blocked_by
 * @property {string} created_at
 */
/**
 * @typedef {object} Issue
 * @property {number} line
 * @property {number} field
 * @property {string|null} record
 * @property {string} severity
 * @property {string} code
 * @property {string} message
 */
/**
 * @typedef {object} Kpis
 * @property {string} startDate
 * @property {string} endDate
 * @property {number} revenue
 * @property {number} units
 * @property {number} activeDevices
 * @property {HealthCount} devicesByHealth
 * @property {OpenOrders} openOrders
 * @property {number} averageFillRate
 * @property {number} soldOutSlots
 */
/**
 * @typedef {object} LabelledDimensions
 * @property {number} rows
 * @property {number} columns
 * @property {string[]} row_labels
 * @property {string[]} column_labels
 */
/**
 * @typedef {object} LaidSlot
 * @property {number} row
 * @property {number} column
 * @property {number|null} [product_id]
 */
/**
 * @typedef {object} Layout
 * @property {number|null} [device_id]
 * @property {number} [cabinet_id]
 * @property {LaidSlot[]} [slots]
 */
/**
 * @typedef {object} LayoutCopy
 * @property {string} targetKey
 * @property {boolean} [truncate]
 * @property {number|null} [version]
 */
/**
 * @typedef {object} LifecycleMetrics
 * @property {UserCounts} user_counts
 * @property {RecentActivity} recent_activity
 * @property {string} [period]
 */
/**
 * @typedef {object} LinkBody
 * @property {number} deviceId
 */
/**
 * @typedef {object} Linked
 * @property {true} [success]
 * @property {number} deviceId
 * @property {number[]} readIds
 * @property {number} bookedUnits
 * @property {number} bookedCash
 */
/**
 * @typedef {object} ListedArticle
 * @property {string} id
 * @property {string} title
 * @property {string|null} author
 * @property {string} category
 * @property {string[]} tags
 * @property {"Beginner"|"Intermediate"|"Advanced"} difficulty
 * @property {string|null} description
 * @property {string} last_updated
 * @property {number} word_count
 * @property {number} read_time_minutes
 * @property {string} content_preview
 */
/**
 * @typedef {object} ListedOrder
 * @property {number} id
 * @property {number|null} routeId
 * @property {string|null} routeName
 * @property {string} createdAt
 * @property {string|null} createdBy
 * @property {string} status
 * @property {string} priority
 * @property {string} serviceDate
 * @property {number} totalUnits
 * @property {number} deliveredUnits
 * @property {number} missingUnits
 * @property {number} estimatedDurationMinutes
 * @property {number|null} driverId
 * @property {string|null} driverName
 * @property {string|null} driverEmail
 * @property {string|null} notes
 * @property {string|null} startedAt
 * @property {string|null} completedAt
 * @property {string|null} cancelledAt
 * @property {string|null} cancelReason
 * @property {string} lastModified
 * @property {number} syncVersion
 * @property {number} version
 * @property {number} deviceCount
 * @property {number|null} deviceId
 * @property {number[]} deviceIds
 * @property {number} itemCount
 * @property {number} cabinetCount
 * @property {number} closedCabinetCount
 * @property {number} percentDone
 * @property {number} photoCount
 * @property {string} location
 */
/**
 * @typedef {object} ListedPhoto
 * @property {number} id
 * @property {number} service_order_id
 * @property {number|null} order_cabinet_id
 * @property {string} filename
 * @property {"before"|"after"|"delivery_proof"|"issue"} photo_type
 * @property {"image/jpeg"|"image/png"|"image/webp"|"image/heic"} content_type
 * @property {number} size_bytes
 * @property {number} uploaded_by
 * @property {string} uploaded_by_name
 * @property {string} uploaded_at
 * @property {string|null} capture_timestamp
 * @property {number|null} latitude
 * @property {number|null} longitude
 * @property {string|null} notes
 * @property {string|null} redacted_at
 * @property {string|null} url
 * @property {string|null} url_expires_at
 */
/**
 * @typedef {object} LiveVend
 * @property {string} selection
 * @property {string} paymentKind
 * @property {number} cash
 * @property {string} at
 * @property {"provisional"|"confirmed"|"kept"|"superseded"} status
 * @property {number|null} readId
 */
/**
 * @typedef {object} Location
 * @property {number} id
 * @property {string} name
 * @property {string|null} address
 * @property {number|null} latitude
 * @property {number|null} longitude
 * @property {"none"|"pending"|"ok"|"failed"|"manual"} geocode_status
 * @property {boolean} is_default
 * @property {number} version
 * @property {string} created_at
 * @property {string} updated_at
 */
/**
 * @typedef {object} LocationContent
 * @property {string} name
 * @property {string|null} [address]
 * @property {number|null} [latitude]
 * @property {number|null} [longitude]
 * @property {number|null} [version]
 */
/**
 * @typedef {object} LocationDeleted
 * @property {string} message
 */
/**
 * @typedef {object} LooseSelection
 * @property {number|null} [deviceId]
 * @property {number|null} [cabinetIndex]
 */
/**
 * @typedef {object} MachineEvent
 * @property {string} code
 * @property {boolean|null} isActive
 * @property {string} occurredAt
 * @property {"feed"|"read"} source
 */
/**
 * @typedef {object} MachineInfo
 * @property {string} machine_serial
 * @property {string} manufacturer
 * @property {string} version
 * @property {string} revision
 * @property {string} options
 * @property {string|null} comm_id
 * @property {string|null} model
 * @property {string|null} asset
 */
/**
 * @typedef {object} MachineTold
 * @property {true} [success]
 * @property {number} deviceId
 * @property {string|null} lastReadAt
 * @property {number|null} usualGapSeconds
 * @property {string|null} silentSince
 * @property {Unread} provisional
 * @property {LiveVend[]} vends
 * @property {MachineEvent[]} events
 * @property {EventCounter[]} counters
 */
/**
 * @typedef {object} Mapping
 * @property {string} selection
 * @property {number} slotId
 */
/**
 * @typedef {object} MappingsBody
 * @property {Mapping[]} mappings
 */
/**
 * @typedef {object} Message
 * @property {string} message
 */
/**
 * @typedef {object} Metadata
 * @property {string|null} author
 * @property {string} category
 * @property {string[]} tags
 * @property {"Beginner"|"Intermediate"|"Advanced"} difficulty
 * @property {string} last_updated
 * @property {string|null} description
 * @property {number} word_count
 * @property {number} read_time_minutes
 */
/**
 * @typedef {object} MetricSummary
 * @property {number} average
 * @property {number} median
 * @property {number} std_dev
 * @property {number} min
 * @property {number} max
 * @property {string} peak_date
 * @property {number} total
 * @property {"increasing"|"decreasing"|"stable"|null} [trend]
 * @property {number|null} [trend_slope]
 * @property {number|null} [trend_confidence]
 * @property {number|null} [percentage_change]
 * @property {TrendAnalysis|null} [trend_analysis]
 */
/**
 * @typedef {object} Migrated
 * @property {boolean} [success]
 * @property {number} migratedDevices
 * @property {number} migratedPlanograms
 * @property {string[]} errors
 */
/**
 * @typedef {object} MissedEvents
 * @property {Record<string, any>[]} events
 * @property {number} lastNumber
 * @property {boolean} more
 */
/**
 * @typedef {object} MonitorHealth
 * @property {"healthy"} [status]
 * @property {string} timestamp
 * @property {Checks} checks
 */
/**
 * @typedef {object} MonthAchievement
 * @property {string} title
 * @property {string} description
 * @property {number} progress
 * @property {number} target
 * @property {number} current
 * @property {number} remaining
 * @property {"champion"|"nearly"|"great progress"|"building"} tier
 */
/**
 * @typedef {object} MoveAdvice
 * @property {"move"} [action]
 * @property {number} product_id
 * @property {string} product_name
 * @property {PlaceOutput} from_position
 * @property {PlaceOutput} to_position
 * @property {string} reason
 * @property {number} expected_revenue_increase
 */
/**
 * @typedef {object} NamedProduct
 * @property {number} id
 */
/**
 * @typedef {object} Navigation
 * @property {string[]} breadcrumb
 * @property {string|null} previous_article
 * @property {string|null} next_article
 */
/**
 * @typedef {object} NewCabinet
 * @property {string|null} [cabinetType]
 * @property {string|null} [modelName]
 */
/**
 * @typedef {object} NewClient
 * @property {string} name
 * @property {string} owner
 * @property {string} contact
 * @property {("devices:read"|"devices:write"|"locations:read"|"locations:write"|"products:read"|"products:write"|"planograms:read"|"planograms:write"|"stock:write"|"orders:read"|"orders:write"|"sales:read"|"sales:write"|"reads:read"|"reads:write"|"routes:read"|"reports:read"|"webhooks:read"|"webhooks:write")[]} scopes
 * @property {Filter|null} [rows]
 * @property {number} [requestsPerMinute]
 * @property {number} [requestsPerDay]
 * @property {string|null} [expiresAt]
 */
/**
 * @typedef {object} NewDevice
 * @property {string} asset
 * @property {string} cooler
 * @property {string} model
 * @property {number} device_type_id
 * @property {number|null} [location_id]
 * @property {string|null} [location]
 * @property {number|null} [route_id]
 * @property {string|null} [serial_number]
 * @property {CabinetWish[]} [cabinetConfiguration]
 */
/**
 * @typedef {object} NewInboundPartner
 * @property {string} name
 * @property {string} [adapter]
 */
/**
 * @typedef {object} NewOrder
 * @property {number} routeId
 * @property {Selection[]} cabinetSelections
 * @property {string|null} [serviceDate]
 * @property {"routine"|"emergency"|"maintenance"} [serviceType]
 * @property {"normal"|"high"|"urgent"} [priority]
 * @property {string|null} [notes]
 * @property {boolean} [allowDuplicate]
 */
/**
 * @typedef {object} NewPassword
 * @property {string} message
 * @property {string} username
 * @property {string} new_password
 */
/**
 * @typedef {object} NewUser
 * @property {string} username
 * @property {string} email
 * @property {"admin"|"manager"|"driver"|"viewer"|null} [role]
 * @property {string|null} [password]
 * @property {boolean} [is_active]
 */
/**
 * @typedef {object} NewVisit
 * @property {number} deviceId
 * @property {"routine"|"emergency"|"maintenance"} serviceType
 * @property {number|null} [routeId]
 * @property {number|null} [unitsRestocked]
 * @property {number|null} [durationMinutes]
 * @property {string|null} [notes]
 */
/**
 * @typedef {object} Notice
 * @property {number} id
 * @property {string} type
 * @property {string} title
 * @property {string} message
 * @property {number} timestamp
 * @property {Record<string, number|string|null>} data
 * @property {boolean} [read]
 */
/**
 * @typedef {object} Notification
 * @property {number} id
 * @property {string} type
 * @property {string} title
 * @property {string} message
 * @property {number} timestamp
 * @property {Record<string, number>} data
 * @property {boolean} read
 */
/**
 * @typedef {object} OpenOrders
 * @property {number} pending
 * @property {number} inProgress
 */
/**
 * @typedef {object} OptimalAnswer
 * @property {boolean} [success]
 * @property {OptimalSlot[]} optimal_slots
 */
/**
 * @typedef {object} OptimalQuestion
 * @property {number} device_id
 * @property {number} [cabinet_index]
 * @property {NamedProduct} product
 */
/**
 * @typedef {object} OptimalSlot
 * @property {string} position
 * @property {number} score
 * @property {string} reason
 * @property {boolean} is_empty
 */
/**
 * @typedef {object} OptimizeAnswer
 * @property {ProposedLayout} optimized_planogram
 * @property {MoveAdvice[]} recommendations
 * @property {Improvement} expected_improvement
 * @property {number} moves_required
 * @property {number} optimization_score
 * @property {number} current_score
 * @property {ConstraintsOutput} constraints_applied
 * @property {string} timestamp
 */
/**
 * @typedef {object} OptimizeQuestion
 * @property {number} device_id
 * @property {Layout} [planogram]
 * @property {ConstraintsInput} [constraints]
 */
/**
 * @typedef {object} OrderCabinet
 * @property {number} cabinetOrderId
 * @property {number} cabinetId
 * @property {number} deviceId
 * @property {string} asset
 * @property {string} cooler
 * @property {string|null} location
 * @property {string|null} address
 * @property {number|null} latitude
 * @property {number|null} longitude
 * @property {number} cabinetIndex
 * @property {string} cabinetType
 * @property {number|null} sequenceNo
 * @property {string} status
 * @property {boolean} isExecuted
 * @property {string|null} startedAt
 * @property {string|null} executedAt
 * @property {string|null} executedBy
 * @property {string|null} skipReason
 * @property {number|null} serviceVisitId
 * @property {number|null} deliveredUnits
 * @property {number} estimatedMinutes
 * @property {number} fillRate
 * @property {OrderProduct[]} products
 */
/**
 * @typedef {object} OrderCreated
 * @property {number} orderId
 * @property {number} id
 * @property {number} totalUnits
 * @property {number} estimatedMinutes
 * @property {string} serviceDate
 * @property {number|null} driverId
 * @property {PickLine[]} pickList
 */
/**
 * @typedef {object} OrderDelivery
 * @property {DeliveredItem[]} deliveredItems
 * @property {string|null} [notes]
 * @property {"routine"|"emergency"|"maintenance"|null} [serviceType]
 * @property {string|null} [executedAt]
 * @property {number} orderId
 * @property {number} cabinetId
 */
/**
 * @typedef {object} OrderDetail
 * @property {number} id
 * @property {number|null} routeId
 * @property {string|null} routeName
 * @property {string} createdAt
 * @property {string|null} createdBy
 * @property {string} status
 * @property {string} priority
 * @property {string} serviceDate
 * @property {number} totalUnits
 * @property {number} deliveredUnits
 * @property {number} missingUnits
 * @property {number} estimatedDurationMinutes
 * @property {number|null} driverId
 * @property {string|null} driverName
 * @property {string|null} driverEmail
 * @property {string|null} notes
 * @property {string|null} startedAt
 * @property {string|null} completedAt
 * @property {string|null} cancelledAt
 * @property {string|null} cancelReason
 * @property {string} lastModified
 * @property {number} syncVersion
 * @property {number} version
 * @property {number} deviceCount
 * @property {number|null} deviceId
 * @property {number[]} deviceIds
 * @property {number} itemCount
 * @property {number} cabinetCount
 * @property {number} closedCabinetCount
 * @property {number} percentDone
 * @property {number} photoCount
 * @property {string} location
 * @property {OrderCabinet[]} cabinets
 * @property {OrdersOutgoingDeviceSummary[]} deviceSummary
 */
/**
 * @typedef {object} OrderEdit
 * @property {"pending"|"in_progress"|"completed"|"cancelled"|null} [status]
 * @property {string|null} [startTime]
 * @property {string|null} [completedAt]
 * @property {string|null} [reason]
 * @property {string|null} [notes]
 * @property {"normal"|"high"|"urgent"|null} [priority]
 * @property {string|null} [serviceDate]
 * @property {number|null} [driverId]
 * @property {Selection[]|null} [cabinetSelections]
 * @property {"routine"|"emergency"|"maintenance"} [serviceType]
 * @property {number|null} [version]
 */
/**
 * @typedef {object} OrderList
 * @property {ListedOrder[]} orders
 * @property {number} avgFillRate
 * @property {OrdersOutgoingPagination} pagination
 * @property {string} serverTime
 */
/**
 * @typedef {object} OrderProduct
 * @property {number} productId
 * @property {string} productName
 * @property {string} category
 * @property {number} quantityNeeded
 * @property {number|null} quantityFilled
 * @property {number|null} shortfall
 */
/**
 * @typedef {object} OrderUpdated
 * @property {boolean} [success]
 * @property {string} message
 * @property {string[]} [warnings]
 * @property {number} orderId
 * @property {string} status
 * @property {number} syncVersion
 * @property {number} version
 */
/**
 * @typedef {object} Overview
 * @property {number} active_ip_blocks
 * @property {number} pending_alerts
 * @property {number} open_incidents
 * @property {number} hourly_activity
 * @property {number} active_users
 * @property {number} daily_failed_actions
 */
/**
 * @typedef {object} OwnActivities
 * @property {OwnActivity[]} activities
 */
/**
 * @typedef {object} OwnActivity
 * @property {string} action
 * @property {string|null} ip_address
 * @property {string} created_at
 * @property {string|null} details
 * @property {string} device_type
 */
/**
 * @typedef {object} OwnPassword
 * @property {string} password
 */
/**
 * @typedef {object} OwnTour
 * @property {number} id
 * @property {string} name
 * @property {number|null} route_number
 * @property {string} created_at
 * @property {string} updated_at
 * @property {number|null} driver_id
 * @property {string|null} driver_name
 * @property {string|null} driver_email
 * @property {number} version
 * @property {number|null} routeNumber
 * @property {number} deviceCount
 * @property {number} orderCount
 */
/**
 * @typedef {object} OwnTours
 * @property {OwnTour[]} routes
 */
/**
 * @typedef {object} PaRecord
 * @property {number} id
 * @property {number} dex_read_id
 * @property {string} record_subtype
 * @property {string} selection_number
 * @property {number|null} price_cents
 * @property {number|null} capacity
 * @property {number|null} units_sold
 * @property {number|null} revenue_cents
 * @property {number|null} test_vends
 * @property {number|null} free_vends
 * @property {number|null} cash_sales
 * @property {number|null} cash_sales_cents
 * @property {number|null} cashless_sales
 * @property {number|null} cashless_sales_cents
 * @property {number|null} discount_sales
 * @property {number|null} discount_sales_cents
 * @property {number} line_number
 * @property {string} created_at
 * @property {string|null} row
 * @property {string|null} column
 * @property {string|null} product_text
 * @property {string|null} last_sale_at
 * @property {number|null} sold_out_attempts
 * @property {number|null} slot_id
 */
/**
 * @typedef {object} PaRecords
 * @property {true} [success]
 * @property {PaRecord[]} pa_records
 * @property {GridInfo} grid_info
 */
/**
 * @typedef {object} Pages
 * @property {number} total
 * @property {number} page
 * @property {number} limit
 * @property {number} pages
 */
/**
 * @typedef {object} ParsedRead
 * @property {number} dex_read_id
 * @property {string} machine_serial
 * @property {string} status
 * @property {boolean} quarantined
 * @property {boolean} duplicate
 * @property {number|null} device_id
 * @property {number} total_records
 * @property {number} pa_records_count
 * @property {number} booked_units
 * @property {number} booked_cash
 */
/**
 * @typedef {object} PasswordChange
 * @property {string} currentPassword
 * @property {string} newPassword
 */
/**
 * @typedef {object} PastVisit
 * @property {number} id
 * @property {number|null} routeId
 * @property {string|null} routeName
 * @property {string} serviceDate
 * @property {number} unitsRestocked
 * @property {string} serviceType
 * @property {number|null} technicianId
 * @property {string|null} technicianName
 * @property {number|null} durationMinutes
 * @property {string|null} notes
 * @property {number|null} orderId
 */
/**
 * @typedef {object} PendingOrders
 * @property {number} count
 * @property {Notification[]} notifications
 */
/**
 * @typedef {object} PerformanceReport
 * @property {string} startDate
 * @property {string} endDate
 * @property {ToursPerformance[]} routes
 * @property {ToursPerformance[]} drivers
 */
/**
 * @typedef {object} Performer
 * @property {string} title
 * @property {string} name
 * @property {string} value
 */
/**
 * @typedef {object} Period
 * @property {string} start
 * @property {string} end
 * @property {number} days
 */
/**
 * @typedef {object} PhotoList
 * @property {ListedPhoto[]} photos
 */
/**
 * @typedef {object} PhotoMeta
 * @property {number|null} [orderCabinetId]
 * @property {"before"|"after"|"delivery_proof"|"issue"} [type]
 * @property {string|null} [capturedAt]
 * @property {number|string|null} [latitude]
 * @property {number|string|null} [longitude]
 * @property {string|null} [clientPhotoId]
 * @property {string|null} [notes]
 * @property {string} sha256
 * @property {number} size
 */
/**
 * @typedef {object} PhotoRedacted
 * @property {boolean} [success]
 * @property {number} photoId
 * @property {string} [message]
 */
/**
 * @typedef {object} PhotoStored
 * @property {boolean} [success]
 * @property {number} photoId
 * @property {string} filename
 * @property {boolean} duplicate
 * @property {"image/jpeg"|"image/png"|"image/webp"|"image/heic"} contentType
 * @property {number} sizeBytes
 * @property {string[]} [warnings]
 */
/**
 * @typedef {object} PickLine
 * @property {number} productId
 * @property {string} productName
 * @property {string} category
 * @property {number} quantity
 */
/**
 * @typedef {object} PlaceOutput
 * @property {number} row
 * @property {number} column
 */
/**
 * @typedef {object} PlanningConfig
 * @property {number} criticalDriThreshold
 * @property {number} warningDriThreshold
 * @property {number} okDriThreshold
 * @property {boolean} autoSelectCritical
 * @property {number} metricsCacheTtlMinutes
 * @property {number} previewHorizonDays
 */
/**
 * @typedef {object} PlanningConfigChange
 * @property {number|null} [criticalDriThreshold]
 * @property {number|null} [warningDriThreshold]
 * @property {number|null} [okDriThreshold]
 * @property {boolean|null} [autoSelectCritical]
 * @property {number|null} [metricsCacheTtlMinutes]
 * @property {number|null} [previewHorizonDays]
 */
/**
 * @typedef {object} PlanogramCount
 * @property {PositionCount[]} counts
 * @property {string|null} [note]
 */
/**
 * @typedef {object} PlanogramSave
 * @property {Record<string, Record<string, SlotWish|null>>} planograms
 * @property {number|null} [version]
 */
/** @typedef {{"date": string, "value": number, "7day_avg": number, "30day_avg"?: number|null}} Point */
/**
 * @typedef {object} PositionCount
 * @property {string} position
 * @property {number} quantity
 */
/**
 * @typedef {object} PredictAnswer
 * @property {number} predicted_revenue
 * @property {number} baseline_revenue
 * @property {number} expected_change
 * @property {number} change_percentage
 * @property {Bands} confidence_intervals
 * @property {ProductPrediction[]} product_predictions
 * @property {Factors} factors
 * @property {PredictionPeriod} prediction_period
 * @property {string} model_version
 * @property {string} timestamp
 */
/**
 * @typedef {object} PredictQuestion
 * @property {number|null} [device_id]
 * @property {Layout} [planogram]
 * @property {number} [days]
 * @property {boolean} [include_seasonality]
 */
/**
 * @typedef {object} PredictionPeriod
 * @property {number} days
 * @property {string} start_date
 * @property {string} end_date
 */
/**
 * @typedef {object} Preferences
 * @property {Record<string, any>} preferences
 */
/**
 * @typedef {object} PreferencesBody
 * @property {Record<string, any>} preferences
 */
/**
 * @typedef {object} Preview
 * @property {number|string} routeId
 * @property {string} serviceDate
 * @property {number} daysUntilService
 * @property {number} totalUnits
 * @property {number} totalProducts
 * @property {number} estimatedMinutes
 * @property {number|null} travelMinutes
 * @property {PreviewDevice[]} devices
 * @property {IdleCabinet[]} nothingToDo
 * @property {PreviewSelection[]} notFound
 */
/**
 * @typedef {object} PreviewCabinet
 * @property {number} cabinetIndex
 * @property {string} cabinetType
 * @property {number} totalUnits
 * @property {PreviewProduct[]} products
 */
/**
 * @typedef {object} PreviewDevice
 * @property {number} deviceId
 * @property {string} asset
 * @property {string} location
 * @property {number} totalUnits
 * @property {PreviewCabinet[]} cabinets
 */
/**
 * @typedef {object} PreviewProduct
 * @property {number} productId
 * @property {string} productName
 * @property {number} orderQuantity
 * @property {number} currentQuantity
 * @property {number} parLevel
 * @property {number} dailyVelocity
 */
/**
 * @typedef {object} PreviewRequest
 * @property {number|string} routeId
 * @property {string|null} [serviceDate]
 * @property {LooseSelection[]} cabinetSelections
 */
/**
 * @typedef {object} PreviewSelection
 * @property {number} deviceId
 * @property {number} cabinetIndex
 */
/**
 * @typedef {object} Problem
 * @property {number} line
 * @property {number} field
 * @property {string|null} record
 * @property {string} code
 * @property {string} severity
 * @property {string} message
 */
/**
 * @typedef {object} Product
 * @property {number} id
 * @property {string} name
 * @property {string} category
 * @property {number} price
 * @property {number|null} cost
 * @property {string|null} image
 * @property {string|null} sku
 * @property {number} version
 * @property {string} created_at
 * @property {string} updated_at
 */
/**
 * @typedef {object} ProductContent
 * @property {string} name
 * @property {string} category
 * @property {number} price
 * @property {number|null} [cost]
 * @property {string|null} [image]
 * @property {string|null} [sku]
 * @property {number|null} [version]
 */
/**
 * @typedef {object} ProductDeleted
 * @property {string} message
 */
/**
 * @typedef {object} ProductOutlook
 * @property {number} productId
 * @property {string} productName
 * @property {number} quantity
 * @property {number} slots
 * @property {number} dailyVelocity
 * @property {number} daysRemainingInventory
 */
/**
 * @typedef {object} ProductPrediction
 * @property {number} product_id
 * @property {string} product_name
 * @property {number} baseline_revenue
 * @property {number} predicted_revenue
 * @property {number} change_percentage
 */
/**
 * @typedef {object} ProductReport
 * @property {ProductRow[]} products
 * @property {number} daysInRange
 */
/**
 * @typedef {object} ProductRow
 * @property {number} productId
 * @property {string} productName
 * @property {string} category
 * @property {number} price
 * @property {number} totalSales
 * @property {number} totalUnits
 * @property {number} dailyAverage
 * @property {boolean} deleted
 */
/**
 * @typedef {object} ProductSummary
 * @property {number} productId
 * @property {string} name
 * @property {string} category
 * @property {number} totalTransactions
 * @property {number} totalUnits
 * @property {number} totalCash
 */
/**
 * @typedef {object} ProfileChange
 * @property {string} email
 */
/**
 * @typedef {object} ProfileChanged
 * @property {string} message
 * @property {Account} user
 */
/**
 * @typedef {object} ProposedLayout
 * @property {ProposedSlot[]} slots
 */
/**
 * @typedef {object} ProposedSlot
 * @property {number} row
 * @property {number} column
 * @property {number} product_id
 * @property {string} product_name
 */
/**
 * @typedef {object} Pulled
 * @property {OrderDetail[]} orders
 * @property {Tombstone[]} tombstones
 * @property {boolean} full
 * @property {string} serverTime
 */
/**
 * @typedef {object} Push
 * @property {any[]} actions
 */
/**
 * @typedef {object} PushKeys
 * @property {string} p256dh
 * @property {string} auth
 */
/**
 * @typedef {object} Pushed
 * @property {ActionResult[]} results
 * @property {string} serverTime
 */
/**
 * @typedef {object} Query
 * @property {string} [query]
 * @property {string} [sql]
 */
/**
 * @typedef {object} QueryAnswer
 * @property {string[]} columns
 * @property {Record<string, any>[]} rows
 * @property {number} count
 * @property {boolean} truncated
 */
/**
 * @typedef {object} Question
 * @property {string} message
 */
/**
 * @typedef {object} Queued
 * @property {number} deliveryId
 * @property {string} eventId
 */
/**
 * @typedef {object} RawOrder
 * @property {number} id
 * @property {number} route_id
 * @property {string} created_at
 * @property {string|null} created_by
 * @property {string} status
 * @property {number} total_units
 * @property {number} estimated_duration_minutes
 * @property {number|null} driver_id
 * @property {number} sync_version
 * @property {string} last_modified
 * @property {string|null} started_at
 * @property {string|null} completed_at
 * @property {string|null} notes
 */
/**
 * @typedef {object} ReadDetail
 * @property {true} [success]
 * @property {ReadInfo} read_info
 * @property {RecordRow[]} records
 * @property {PaRecord[]} pa_records
 * @property {Issue[]} issues
 * @property {IntervalSold|null} interval
 */
/**
 * @typedef {object} ReadInfo
 * @property {number} id
 * @property {string} filename
 * @property {string} machine_serial
 * @property {string} manufacturer
 * @property {string} dex_version
 * @property {string} upload_timestamp
 * @property {number} total_records
 * @property {number} parsed_successfully
 * @property {string|null} error_message
 * @property {number|null} error_line
 * @property {number|null} error_field
 * @property {string} status
 * @property {boolean} is_quarantined
 * @property {number|null} device_id
 * @property {string|null} device_asset
 * @property {string|null} comm_id
 * @property {string|null} machine_model
 * @property {string|null} asset_reported
 * @property {string|null} read_at
 * @property {number|null} read_sequence
 * @property {boolean|null} crc_ok
 * @property {string} raw_content
 * @property {number} decimal_places
 * @property {string|null} currency
 * @property {string|null} crc_expected
 * @property {string|null} crc_actual
 * @property {number|null} se_count_expected
 * @property {number|null} se_count_actual
 * @property {string} sha256
 * @property {number} size_bytes
 * @property {number|null} chain_number
 * @property {string|null} chain_hash
 */
/**
 * @typedef {object} ReadPage
 * @property {true} [success]
 * @property {ReadRow[]} reads
 * @property {TelemetryReadsPagination} pagination
 */
/**
 * @typedef {object} ReadRow
 * @property {number} id
 * @property {string} filename
 * @property {string} machine_serial
 * @property {string} manufacturer
 * @property {string} dex_version
 * @property {string} upload_timestamp
 * @property {number} total_records
 * @property {number} parsed_successfully
 * @property {string|null} error_message
 * @property {number|null} error_line
 * @property {number|null} error_field
 * @property {string} status
 * @property {boolean} is_quarantined
 * @property {number|null} device_id
 * @property {string|null} device_asset
 * @property {string|null} comm_id
 * @property {string|null} machine_model
 * @property {string|null} asset_reported
 * @property {string|null} read_at
 * @property {number|null} read_sequence
 * @property {boolean|null} crc_ok
 */
/**
 * @typedef {object} Readiness
 * @property {"ready"|"not_ready"} status
 * @property {string} version
 * @property {"ok"|"failing"} database
 * @property {string|null} schema_revision
 * @property {string} schema_expected
 * @property {"ok"|"failing"} identity
 * @property {number|null} outbox_waiting
 */
/**
 * @typedef {object} Recalculation
 * @property {boolean} success
 * @property {number} processed
 * @property {string} timestamp
 * @property {boolean} complete
 */
/**
 * @typedef {object} RecentActivity
 * @property {number} activations
 * @property {number} deactivations
 * @property {number} deletions
 */
/**
 * @typedef {object} RecentAlert
 * @property {string} alert_type
 * @property {"info"|"warning"|"critical"} severity
 * @property {string} description
 * @property {string} created_at
 * @property {string|null} username
 */
/**
 * @typedef {object} RecordList
 * @property {true} [success]
 * @property {RecordRow[]} records
 */
/**
 * @typedef {object} RecordRow
 * @property {number} id
 * @property {number} dex_read_id
 * @property {string} record_type
 * @property {string|null} record_subtype
 * @property {number} line_number
 * @property {string} raw_record
 * @property {string} parsed_data
 * @property {string} created_at
 */
/**
 * @typedef {object} RecoveredDevice
 * @property {number} id
 * @property {string} asset
 * @property {string} cooler
 * @property {number} location_id
 * @property {string} location
 * @property {number|null} route_id
 * @property {string} model
 * @property {number} device_type_id
 * @property {string} device_type_name
 * @property {string} created_at
 * @property {string} updated_at
 */
/**
 * @typedef {object} Recovery
 * @property {string|null} [justification]
 */
/**
 * @typedef {object} Refresh
 * @property {string} refreshToken
 */
/**
 * @typedef {object} Refreshed
 * @property {Tokens} tokens
 */
/**
 * @typedef {object} Refusal
 * @property {string} error One sentence for a person.
 * @property {string} code The kind of refusal, for programs.
 * @property {Record<string, any>} [details] Facts.
 * @property {string} requestId What the log calls this request.
 */
/**
 * @typedef {object} RefusedRow
 * @property {string} entity
 * @property {number} row
 * @property {string|null} field
 * @property {string} problem
 */
/**
 * @typedef {object} RefusedRows
 * @property {RefusedRow[]} refused
 * @property {number|null} next
 */
/**
 * @typedef {object} Replay
 * @property {string} since
 * @property {string|null} [until]
 * @property {boolean} [onlyMissing] Only what has not arrived.
 */
/**
 * @typedef {object} ReplayWish
 * @property {number[]|null} [ids]
 * @property {string|null} [deadOf]
 */
/**
 * @typedef {object} Reply
 * @property {string} response
 * @property {"fleet"|"articles"|"model"|"fallback"} answered_by
 * @property {Source[]} articles
 */
/**
 * @typedef {object} RiskyUser
 * @property {number} id
 * @property {string} username
 * @property {"admin"|"manager"|"driver"|"viewer"} role
 * @property {number} failed_login_attempts
 * @property {number} recent_alerts
 * @property {number} sensitive_accesses
 * @property {string|null} last_alert
 */
/**
 * @typedef {object} Rollback
 * @property {string|null} [reason]
 */
/**
 * @typedef {object} RolledBack
 * @property {boolean} [success]
 * @property {string} message
 * @property {string[]} [warnings]
 * @property {number} orderId
 * @property {string} status
 * @property {number} syncVersion
 * @property {number} version
 * @property {number} cabinetOrderId
 * @property {string} cabinetStatus
 * @property {number} serviceVisitId
 * @property {number} unitsReturned
 */
/**
 * @typedef {object} Rows
 * @property {number|null} total
 * @property {number} created
 * @property {number} updated
 * @property {number} unchanged
 * @property {number} refused
 */
/**
 * @typedef {object} Said
 * @property {boolean} [success]
 * @property {string} message
 */
/**
 * @typedef {object} SaidMachine
 * @property {string|null} [serial]
 * @property {string|null} [asset]
 * @property {string|null} [commId]
 */
/**
 * @typedef {object} Sale
 * @property {number} id
 * @property {number} deviceId
 * @property {string} deviceAsset
 * @property {string} deviceCooler
 * @property {number} productId
 * @property {string} productName
 * @property {string} productCategory
 * @property {number} saleUnits
 * @property {number} saleCash
 * @property {number|null} slotId
 * @property {"manual"|"dex"|"live"|"import"|"demo"} source
 * @property {number} correctedUnits
 * @property {number} correctedCash
 * @property {string} createdAt
 * @property {string} updatedAt
 */
/**
 * @typedef {object} SaleBody
 * @property {number} deviceId
 * @property {number} productId
 * @property {number} saleUnits
 * @property {number} saleCash
 * @property {number|null} [slotId]
 * @property {string|null} [soldAt]
 * @property {"cash"|"cashless"|"other"|null} [paymentKind]
 * @property {string|null} [importKey]
 */
/**
 * @typedef {object} SaleRecorded
 * @property {number} id
 * @property {number} deviceId
 * @property {string} deviceAsset
 * @property {string} deviceCooler
 * @property {number} productId
 * @property {string} productName
 * @property {string} productCategory
 * @property {number} saleUnits
 * @property {number} saleCash
 * @property {number|null} slotId
 * @property {"manual"|"dex"|"live"|"import"|"demo"} source
 * @property {number} correctedUnits
 * @property {number} correctedCash
 * @property {string} createdAt
 * @property {string} updatedAt
 * @property {boolean} duplicate
 * @property {string[]} warnings
 */
/**
 * @typedef {object} Saved
 * @property {true} [success]
 * @property {number} updates
 * @property {number|null} version
 * @property {Record<string, number>} versions
 */
/**
 * @typedef {object} ScopeShown
 * @property {"devices:read"|"devices:write"|"locations:read"|"locations:write"|"products:read"|"products:write"|"planograms:read"|"planograms:write"|"stock:write"|"orders:read"|"orders:write"|"sales:read"|"sales:write"|"reads:read"|"reads:write"|"routes:read"|"reports:read"|"webhooks:read"|"webhooks:write"} scope
 * @property {string} description
 */
/**
 * @typedef {object} ScoreAnswer
 * @property {number} score
 * @property {Components} components
 * @property {string} feedback
 * @property {string[]} suggestions
 * @property {"high"|"medium"|"low"} confidence
 * @property {string} timestamp
 */
/**
 * @typedef {object} ScoreQuestion
 * @property {number} device_id
 * @property {Layout} [planogram]
 * @property {number} product_id
 * @property {AdviceLayoutsPlace} position
 */
/**
 * @typedef {object} SearchResults
 * @property {boolean} [success]
 * @property {string} query
 * @property {Hit[]} results
 * @property {number} total_results
 * @property {number} search_time_ms
 * @property {Filters} filters
 */
/**
 * @typedef {object} SecondFactor
 * @property {string} username
 * @property {string} session
 * @property {string} code
 */
/**
 * @typedef {object} SecondFactorCode
 * @property {string} code
 */
/**
 * @typedef {object} SecondFactorSecret
 * @property {string} secretCode
 * @property {string} uri
 */
/**
 * @typedef {object} Secret
 * @property {string} clientId
 * @property {string} clientSecret
 * @property {string|null} tokenUrl Where tokens are asked for, by OAuth 2.0 client credentials.
 */
/**
 * @typedef {object} Selection
 * @property {number} deviceId
 * @property {number} cabinetIndex
 */
/**
 * @typedef {object} SelectionSlot
 * @property {string} selection
 * @property {"mapping"|"stated"|"proposed"|"none"} basis
 * @property {number|null} slotId
 * @property {string|null} position
 * @property {number|null} cabinetIndex
 * @property {number|null} productId
 * @property {string|null} productName
 * @property {number|null} machinePrice
 * @property {number|null} slotPrice
 * @property {boolean} priceDiffers
 * @property {number} confidence
 * @property {Evidence} evidence
 */
/**
 * @typedef {object} SentEvent
 * @property {string} id
 * @property {SaidMachine} machine
 * @property {number|null} [deviceId]
 * @property {string} at
 * @property {"event"} type
 * @property {string} code
 * @property {boolean|null} [active]
 */
/**
 * @typedef {object} SentHappenings
 * @property {(SentVend|SentEvent)[]} events
 */
/**
 * @typedef {object} SentRead
 * @property {string} content
 * @property {"text"|"base64"} [encoding]
 * @property {string} [filename]
 * @property {number|null} [deviceId]
 * @property {string|null} [collectedAt]
 */
/**
 * @typedef {object} SentReads
 * @property {SentRead[]} reads
 */
/**
 * @typedef {object} SentVend
 * @property {string} id
 * @property {SaidMachine} machine
 * @property {number|null} [deviceId]
 * @property {string} at
 * @property {"vend"} type
 * @property {string} selection
 * @property {"CA"|"DA"|"DB"|"TA"} device
 * @property {number} cents
 */
/**
 * @typedef {object} SessionNow
 * @property {string} session_id
 * @property {number} user_id
 * @property {string} username
 * @property {string} display_name
 * @property {string} user_email
 * @property {"admin"|"manager"|"driver"|"viewer"} role
 * @property {string} login_time
 * @property {string} last_activity
 * @property {string|null} last_page
 * @property {string} page_title
 * @property {string} current_page
 * @property {string|null} last_api_endpoint
 * @property {number} activity_count
 * @property {string} ip_address
 * @property {string} user_agent
 * @property {string} device_type
 * @property {"active"|"idle"|"warning"|"expired"} status
 * @property {number} session_duration_minutes
 */
/**
 * @typedef {object} SessionsSummary
 * @property {number} total_active
 * @property {number} total_idle
 * @property {number} total_warning
 * @property {Record<string, number>} by_role
 */
/**
 * @typedef {object} Shortfall
 * @property {number} productId
 * @property {string} productName
 * @property {number} quantityNeeded
 * @property {number} quantityFilled
 * @property {number} missing
 */
/**
 * @typedef {object} ShownArticle
 * @property {string} id
 * @property {string} title
 * @property {string} content_html
 * @property {string} content_raw
 * @property {Metadata} metadata
 * @property {Navigation} navigation
 */
/**
 * @typedef {object} SignedInAnswer
 * @property {Account} user
 * @property {string} session_id
 * @property {Tokens} tokens
 */
/**
 * @typedef {object} SignedUpload
 * @property {"PUT"} [method]
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {string} expiresAt
 */
/**
 * @typedef {object} SilentMachine
 * @property {number} deviceId
 * @property {string} asset
 * @property {string} lastReadAt
 * @property {number} usualGapSeconds
 * @property {string} silentSince
 */
/**
 * @typedef {object} SilentMachines
 * @property {true} [success]
 * @property {SilentMachine[]} machines
 */
/**
 * @typedef {object} Skip
 * @property {string} reason
 */
/**
 * @typedef {object} SlotChange
 * @property {string} at
 * @property {string|null} actor
 * @property {"edit"|"clear"|"optimizer"|"import"|"service"|"rollback"|"count"} reason
 * @property {number|null} oldProductId
 * @property {string|null} oldProductName
 * @property {number|null} newProductId
 * @property {string|null} newProductName
 * @property {number|null} oldQuantity
 * @property {number|null} newQuantity
 * @property {number|null} oldCapacity
 * @property {number|null} newCapacity
 * @property {number|null} oldParLevel
 * @property {number|null} newParLevel
 * @property {number|null} oldPrice
 * @property {number|null} newPrice
 */
/**
 * @typedef {object} SlotContent
 * @property {number} slotId
 * @property {number} productId
 * @property {string} productName
 * @property {number} quantity
 * @property {number} capacity
 * @property {number} parLevel
 * @property {number} parlevel
 * @property {number} price
 * @property {boolean} ownPrice
 */
/**
 * @typedef {object} SlotCount
 * @property {number} quantity
 * @property {string|null} [note]
 */
/**
 * @typedef {object} SlotMetrics
 * @property {number} slotId
 * @property {number} cabinetId
 * @property {string} position
 * @property {number} productId
 * @property {string} productName
 * @property {number} quantity
 * @property {number} capacity
 * @property {number} parLevel
 * @property {boolean} isSoldOut
 * @property {number} daysRemainingInventory
 * @property {number} productLevelPercent
 * @property {number} unitsToPar
 * @property {number} unitsToCapacity
 * @property {number} units28d
 * @property {number} unitsAllTime
 * @property {number} daysWithSales
 * @property {number} dailyVelocity
 * @property {"28d"|"history"|"default"} velocitySource
 * @property {"critical"|"high"|"medium"|"low"|"none"} priority
 * @property {number} suggestedPar
 */
/**
 * @typedef {object} SlotMove
 * @property {string} from
 * @property {string} to
 * @property {boolean} [swap]
 * @property {number|null} [version]
 */
/**
 * @typedef {object} SlotPerformance
 * @property {number} daily_units
 * @property {number} daily_revenue
 * @property {number|null} days_until_empty
 */
/**
 * @typedef {object} SlotWish
 * @property {number|null} [productId]
 * @property {number|null} [quantity]
 * @property {number|null} [capacity]
 * @property {number|null} [parLevel]
 * @property {number|null} [parlevel]
 * @property {number|null} [price]
 */
/**
 * @typedef {object} Source
 * @property {string} id
 * @property {string} title
 */
/**
 * @typedef {object} Started
 * @property {string|null} [startTime]
 */
/**
 * @typedef {object} Stats
 * @property {number} total_articles
 * @property {number} total_words
 * @property {number} total_categories
 * @property {number} average_words_per_article
 * @property {Record<string, Category>} categories
 * @property {string|null} last_updated
 */
/**
 * @typedef {object} StatsShown
 * @property {boolean} [success]
 * @property {Stats} stats
 */
/**
 * @typedef {object} StockFigures
 * @property {number} soldOutCount
 * @property {number} daysRemainingInventory
 * @property {number} dailyConsumptionRate
 * @property {number} productLevelPercent
 * @property {number} unitsToPick
 * @property {number} totalSlots
 * @property {number} fillRatePercent
 * @property {"critical"|"warning"|"ok"|"good"} healthClass
 * @property {boolean} preselected
 */
/**
 * @typedef {object} StopCabinet
 * @property {number} cabinetId
 * @property {number} cabinetIndex
 * @property {boolean} isParent
 * @property {string} cabinetType
 * @property {string|null} modelName
 * @property {StockFigures} metrics
 */
/**
 * @typedef {object} StopUpdated
 * @property {boolean} [success]
 * @property {string} message
 * @property {string[]} [warnings]
 * @property {number} orderId
 * @property {string} status
 * @property {number} syncVersion
 * @property {number} version
 * @property {number} cabinetOrderId
 * @property {string} cabinetStatus
 */
/**
 * @typedef {object} Storage
 * @property {Record<string, any>[]} [devices]
 * @property {Record<string, Record<string, any>>} [planograms]
 */
/**
 * @typedef {object} Subscription
 * @property {string} endpoint
 * @property {PushKeys} keys
 */
/**
 * @typedef {object} SubscriptionBody
 * @property {Subscription} subscription
 */
/**
 * @typedef {object} Suggested
 * @property {string} product
 * @property {number} product_id
 * @property {string} reason
 * @property {number} expected_improvement
 */
/**
 * @typedef {object} Suggestion
 * @property {string} slot
 * @property {string|null} current_product
 * @property {string} current_performance
 * @property {Suggested} recommendation
 * @property {number} confidence
 */
/**
 * @typedef {object} SuggestionsAnswer
 * @property {boolean} [success]
 * @property {number} device_id
 * @property {number} cabinet_index
 * @property {Suggestion[]} recommendations
 * @property {AdviceSuggestingPerformance} performance_metrics
 * @property {"figures"|"model"} ordered_by
 * @property {string} generated_at
 */
/**
 * @typedef {object} SuggestionsQuestion
 * @property {number} device_id
 * @property {number} [cabinet_index]
 * @property {string} [optimization_type]
 */
/**
 * @typedef {object} Summary
 * @property {string} period
 * @property {string} date
 * @property {SummaryMetrics} metrics
 * @property {TopPage[]} top_pages
 * @property {Record<string, number>} user_distribution
 * @property {Hour[]} hourly_distribution
 * @property {boolean} cached
 * @property {number} peak_users_today
 * @property {string} peak_time
 */
/**
 * @typedef {object} SummaryAnswer
 * @property {boolean} [success]
 * @property {Summary} data
 */
/**
 * @typedef {object} SummaryMetrics
 * @property {number} unique_users
 * @property {number} total_sessions
 * @property {number} total_page_views
 * @property {number} total_api_calls
 * @property {number} avg_session_duration_seconds
 * @property {number} peak_concurrent_users
 * @property {number|null} peak_hour
 */
/**
 * @typedef {object} SuspiciousAct
 * @property {string} action
 * @property {string|null} ip_address
 * @property {string} created_at
 * @property {string} username
 */
/**
 * @typedef {object} Synced
 * @property {boolean} success
 * @property {boolean} [conflict]
 * @property {RawOrder|null} [order]
 * @property {OrderDetail|null} [serverVersion]
 * @property {string|null} [message]
 * @property {string[]} [warnings]
 */
/**
 * @typedef {object} SyncedOrder
 * @property {"pending"|"in_progress"|"completed"|"cancelled"|null} [status]
 * @property {string|null} [notes]
 * @property {string|null} [startedAt]
 * @property {string|null} [completedAt]
 * @property {string|null} [lastModified]
 * @property {number|null} [syncVersion]
 * @property {string|null} [reason]
 */
/**
 * @typedef {object} SystemSettings
 * @property {boolean} [activity_monitoring_enabled]
 * @property {number} [activity_retention_days]
 * @property {number} [activity_summary_retention_days]
 * @property {string[]} [activity_excluded_prefixes]
 * @property {number[]} [session_idle_display_minutes]
 * @property {number} [alert_concurrent_sessions]
 * @property {number} [alert_rapid_navigation_per_minute]
 * @property {number} [brute_force_max_attempts]
 * @property {number} [brute_force_window_minutes]
 * @property {number} [brute_force_lock_minutes]
 * @property {number} [account_lock_minutes]
 * @property {number} [export_max_per_hour]
 * @property {number} [export_max_rows_per_hour]
 * @property {number} [export_bulk_rows]
 * @property {boolean} [geo_enabled]
 * @property {number[]} [business_hours]
 * @property {boolean} [incident_auto_create]
 * @property {boolean} [photos_required]
 * @property {number} [sales_hot_months]
 */
/**
 * @typedef {object} Taken
 * @property {true} [success]
 * @property {TakenFile[]} files
 */
/**
 * @typedef {object} TakenFile
 * @property {number} fileId
 * @property {string} filename
 * @property {string} sha256
 * @property {boolean} duplicate
 */
/**
 * @typedef {object} TimelineMonth
 * @property {string} period
 * @property {number} revenue
 * @property {boolean} milestone
 * @property {number} month
 * @property {number} year
 */
/**
 * @typedef {object} Tokens
 * @property {string} accessToken
 * @property {string|null} [refreshToken]
 * @property {number} expiresIn Seconds
 * @property {"Bearer"} [tokenType]
 */
/**
 * @typedef {object} Tombstone
 * @property {number} id
 * @property {"cancelled"|"reassigned"} reason
 * @property {string|null} cancelReason
 * @property {string} at
 */
/**
 * @typedef {object} TopPage
 * @property {string} page
 * @property {string} url
 * @property {number} views
 * @property {number} count
 * @property {number} unique_users
 * @property {number} avg_duration_seconds
 */
/**
 * @typedef {object} TopSeller
 * @property {number} product_id
 * @property {string} product
 * @property {number} revenue
 */
/**
 * @typedef {object} TotalCoverage
 * @property {number} total_records
 * @property {number} with_grid
 * @property {number} percentage
 */
/**
 * @typedef {object} Tour
 * @property {number} id
 * @property {string} name
 * @property {number|null} route_number
 * @property {string} created_at
 * @property {string} updated_at
 * @property {number|null} driver_id
 * @property {string|null} driver_name
 * @property {string|null} driver_email
 * @property {number} version
 */
/**
 * @typedef {object} TourBody
 * @property {string} name
 * @property {number|null} [routeNumber]
 * @property {number|null} [driverId]
 * @property {number|null} [version]
 */
/**
 * @typedef {object} TourDevice
 * @property {number} id
 * @property {string} asset
 * @property {string} cooler
 * @property {number} location_id
 * @property {string} model
 * @property {number} device_type_id
 * @property {string} created_at
 * @property {string} updated_at
 * @property {string|null} location
 * @property {string|null} locationAddress
 * @property {number|null} locationLatitude
 * @property {number|null} locationLongitude
 * @property {DeviceTypeDetails} deviceTypeDetails
 * @property {CabinetConfiguration[]} cabinetConfiguration
 * @property {DeviceMetrics} metrics
 * @property {StockFigures} slotMetrics
 * @property {StopCabinet[]} cabinets
 * @property {string} healthClass
 * @property {number} stopRank
 */
/**
 * @typedef {object} TourDevices
 * @property {number} routeId
 * @property {string} routeName
 * @property {TourDevice[]} devices
 */
/**
 * @typedef {object} Track
 * @property {string} page_url
 * @property {"page_view"|"api_call"|"file_download"} action_type
 * @property {string|null} [page_title]
 * @property {number|null} [duration_ms]
 * @property {string|null} [referrer]
 * @property {Record<string, any>|null} [metadata]
 * @property {string|null} [timestamp]
 */
/**
 * @typedef {object} Tracked
 * @property {boolean} [success]
 * @property {null} [activity_id]
 */
/**
 * @typedef {object} TrendAnalysis
 * @property {"increasing"|"decreasing"|"stable"} direction
 * @property {number} strength
 * @property {number} confidence
 * @property {number} slope
 * @property {number[]} forecast
 * @property {number} percentage_change
 */
/**
 * @typedef {object} Trends
 * @property {Period} period
 * @property {Record<string, Point[]>} metrics
 * @property {Record<string, MetricSummary|string|number|null>} summary
 * @property {string} generated_at
 */
/**
 * @typedef {object} TrendsAnswer
 * @property {boolean} [success]
 * @property {boolean} cached
 * @property {number} cache_ttl
 * @property {Trends} data
 */
/**
 * @typedef {object} Unlinked
 * @property {true} [success]
 * @property {UnlinkedMachine[]} machines
 */
/**
 * @typedef {object} UnlinkedMachine
 * @property {number} read_id
 * @property {string|null} comm_id
 * @property {string|null} machine_serial
 * @property {string|null} machine_model
 * @property {string|null} asset_reported
 * @property {number} reads
 * @property {string} first_uploaded_at
 * @property {string} last_uploaded_at
 */
/**
 * @typedef {object} Unread
 * @property {number} units
 * @property {number} cash
 */
/**
 * @typedef {object} Unsubscription
 * @property {string} endpoint
 */
/**
 * @typedef {object} Upload
 * @property {string} url
 * @property {Record<string, string>} headers
 */
/**
 * @typedef {object} UploadOffer
 * @property {boolean} duplicate
 * @property {number|null} photoId
 * @property {SignedUpload|null} upload
 */
/**
 * @typedef {object} UserAction
 * @property {number} id
 * @property {string} action
 * @property {string|null} resource_type
 * @property {number|null} resource_id
 * @property {string|null} details
 * @property {string|null} ip_address
 * @property {string} created_at
 */
/**
 * @typedef {object} UserActions
 * @property {UserAction[]} activities
 * @property {number} total
 * @property {number} page
 * @property {number} per_page
 * @property {number} pages
 * @property {string} username
 */
/**
 * @typedef {object} UserChange
 * @property {string|null} [email]
 * @property {"admin"|"manager"|"driver"|"viewer"|null} [role]
 * @property {boolean|null} [is_active]
 * @property {number|null} [version]
 */
/**
 * @typedef {object} UserCounts
 * @property {number} total
 * @property {number} active
 * @property {number} inactive
 * @property {number} deleted
 */
/**
 * @typedef {object} UserCreated
 * @property {number} id
 * @property {string} username
 * @property {string} email
 * @property {"admin"|"manager"|"driver"|"viewer"} role
 * @property {boolean} is_active
 */
/**
 * @typedef {object} UserCreatedWithPassword
 * @property {number} id
 * @property {string} username
 * @property {string} email
 * @property {"admin"|"manager"|"driver"|"viewer"} role
 * @property {boolean} is_active
 * @property {string} generated_password
 */
/**
 * @typedef {object} UserIds
 * @property {number[]} user_ids
 */
/**
 * @typedef {object} UserList
 * @property {UserRow[]} users
 * @property {IdentityUserModelsPagination} pagination
 */
/**
 * @typedef {object} UserMoved
 * @property {string} message
 * @property {number} user_id
 * @property {string} username
 */
/**
 * @typedef {object} UserOrder
 * @property {number} id
 * @property {string} status
 * @property {string} createdAt
 * @property {string} routeName
 */
/**
 * @typedef {object} UserOrders
 * @property {UserOrder[]} orders
 * @property {number} total
 */
/**
 * @typedef {object} UserRow
 * @property {number} id
 * @property {string} username
 * @property {string} email
 * @property {"admin"|"manager"|"driver"|"viewer"} role
 * @property {number} is_active
 * @property {string} created_at
 * @property {string} updated_at
 * @property {string|null} last_login
 * @property {number} failed_login_attempts
 * @property {string|null} locked_until
 * @property {number} is_deleted
 * @property {string|null} deleted_at
 * @property {number|null} deleted_by
 * @property {string|null} deleted_by_username
 * @property {boolean} is_locked
 * @property {boolean} must_change_password
 * @property {boolean} mfa_enabled
 * @property {number} version
 */
/**
 * @typedef {object} Validation
 * @property {string} slot
 * @property {boolean} valid
 * @property {string|null} reason
 */
/**
 * @typedef {object} VisitRecorded
 * @property {number} id
 * @property {string} [message]
 */
/**
 * @typedef {object} Visits
 * @property {string} page
 * @property {number} count
 */
/**
 * @typedef {object} Visualization
 * @property {ColorScale} [color_scale]
 * @property {number} [opacity]
 */
/**
 * @typedef {object} WantedChange
 * @property {string} slot
 * @property {NamedProduct} product
 * @property {"add"|"replace"|"remove"} [action]
 */
/**
 * @typedef {object} WantedUpload
 * @property {string} sha256
 * @property {number} size
 * @property {string} contentType
 * @property {string|null} [clientPhotoId]
 */
/**
 * @typedef {object} WatchedUser
 * @property {number} id
 * @property {string} username
 * @property {string} email
 * @property {"admin"|"manager"|"driver"|"viewer"} role
 */
/**
 * @typedef {object} WebhookBody
 * @property {string} url
 * @property {string[]} eventTypes Names of the catalogue, `device.*` for a family, `*` for all.
 * @property {number[]} [deviceIds] Only what is about these devices.
 * @property {number[]} [routeIds] Only what is about these routes.
 * @property {string} [description]
 */
/**
 * @typedef {object} WebhookChange
 * @property {string|null} [url]
 * @property {string[]|null} [eventTypes]
 * @property {number[]|null} [deviceIds]
 * @property {number[]|null} [routeIds]
 * @property {string|null} [description]
 * @property {boolean|null} [enabled]
 */
/**
 * @typedef {object} WebhookDone
 * @property {boolean} [success]
 */
/**
 * @typedef {object} WebhookShown
 * @property {number} id
 * @property {string} url
 * @property {string} description
 * @property {string[]} eventTypes
 * @property {number[]} deviceIds
 * @property {number[]} routeIds
 * @property {boolean} enabled
 * @property {string|null} disabledAt
 * @property {"by hand"|"gone"|"dead"|null} disabledReason
 * @property {string|null} oldSecretUntil
 * @property {string|null} failingSince
 * @property {string|null} restUntil
 * @property {string|null} lastAttemptAt
 * @property {string|null} lastSuccessAt
 * @property {number} waiting Deliveries that have not arrived yet, 1000 at most.
 * @property {string} createdAt
 * @property {string} updatedAt
 */
/**
 * @typedef {object} WebhookWithSecret
 * @property {number} id
 * @property {string} url
 * @property {string} description
 * @property {string[]} eventTypes
 * @property {number[]} deviceIds
 * @property {number[]} routeIds
 * @property {boolean} enabled
 * @property {string|null} disabledAt
 * @property {"by hand"|"gone"|"dead"|null} disabledReason
 * @property {string|null} oldSecretUntil
 * @property {string|null} failingSince
 * @property {string|null} restUntil
 * @property {string|null} lastAttemptAt
 * @property {string|null} lastSuccessAt
 * @property {number} waiting Deliveries that have not arrived yet, 1000 at most.
 * @property {string} createdAt
 * @property {string} updatedAt
 * @property {string} secret
 */
/**
 * @typedef {object} Weekly
 * @property {number} weeklyRevenue
 * @property {number} weeklyGrowth
 * @property {number} previousWeekRevenue
 * @property {number} growthToDate
 * @property {number} previousWeekRevenueToDate
 * @property {number} deviceCount
 * @property {number} avgRevenuePerDevice
 * @property {string} topLocation
 * @property {number} topLocationRevenue
 * @property {string} weekStart
 * @property {string} weekEnd
 */
/**
 * @typedef {object} ZoneAnalysis
 * @property {number} total_revenue
 * @property {number} average_revenue
 * @property {number} positions
 * @property {number} multiplier
 */
/**
 * @typedef {object} AdviceLayoutsPlace
 * @property {number} row
 * @property {number} column
 */
/**
 * @typedef {object} AdviceSuggestingPerformance
 * @property {Record<string, SlotPerformance>} slot_performance
 * @property {Record<string, number>} product_velocity
 * @property {Record<string, number>} revenue_by_position
 * @property {Record<string, string>} stockout_risk
 * @property {Record<string, number>} category_distribution
 * @property {EmptySlot[]} empty_slots
 * @property {TopSeller[]} top_performers
 * @property {string[]} category_gaps
 */
/**
 * @typedef {object} FleetDevicesDone
 * @property {true} [success]
 */
/**
 * @typedef {object} FleetDevicesPagination
 * @property {number} page
 * @property {number} per_page
 * @property {number} total
 * @property {number} pages
 */
/**
 * @typedef {object} IdentityUserModelsPagination
 * @property {number} page
 * @property {number} per_page
 * @property {number} total
 * @property {number} pages
 */
/**
 * @typedef {object} MonitoringSecurityDone
 * @property {boolean} [success]
 */
/**
 * @typedef {object} MonitoringTrendsPerformance
 * @property {number|null} avg_ms
 * @property {number|null} p95_ms
 * @property {number} requests
 */
/**
 * @typedef {object} OrdersOutgoingDeviceSummary
 * @property {number} deviceId
 * @property {string} asset
 * @property {string} cooler
 * @property {string|null} location
 * @property {string|null} address
 * @property {number} cabinetCount
 */
/**
 * @typedef {object} OrdersOutgoingPagination
 * @property {number} page
 * @property {number} perPage
 * @property {number} total
 * @property {number} pages
 */
/**
 * @typedef {object} PartnersClientsRotation
 * @property {number} [overlapHours]
 */
/**
 * @typedef {object} PartnersInboundReplayed
 * @property {number[]} replayed
 */
/**
 * @typedef {object} PartnersWebhooksReplayed
 * @property {number} deliveries
 * @property {boolean} more
 * @property {string|null} until
 */
/**
 * @typedef {object} PartnersWebhooksRotation
 * @property {number} [overlapHours]
 */
/**
 * @typedef {object} PlanningDone
 * @property {string} message
 */
/**
 * @typedef {object} PreferencesKeptDone
 * @property {boolean} [success]
 */
/**
 * @typedef {object} PreferencesKeptPlace
 * @property {number} latitude
 * @property {number} longitude
 * @property {number} [accuracy]
 * @property {number|null} [speed]
 * @property {number|null} [heading]
 * @property {string|null} [timestamp]
 */
/**
 * @typedef {object} SalesReportsDeviceSummary
 * @property {number} deviceId
 * @property {string} asset
 * @property {string} cooler
 * @property {number} totalTransactions
 * @property {number} totalUnits
 * @property {number} totalCash
 */
/**
 * @typedef {object} TelemetryReadsPagination
 * @property {number} page
 * @property {number} per_page
 * @property {number} total
 * @property {number} pages
 */
/**
 * @typedef {object} ToursDone
 * @property {string} message
 */
/**
 * @typedef {object} ToursPerformance
 * @property {number} id
 * @property {string} name
 * @property {number|null} routeNumber
 * @property {number} ordersCompleted
 * @property {number} ordersCancelled
 * @property {number|null} onTimePercent
 * @property {number|null} averageMinutesPerCabinet
 * @property {number} unitsDelivered
 * @property {number|null} fulfilmentPercent
 * @property {number|null} revenue
 */
/** @typedef {Tracked} TrackActivityAnswer */
/** @typedef {Track} TrackActivityBody */
/** @typedef {AlertsAnswer} ActivityAlertsAnswer */
/**
 * @typedef {object} ActivityAlertsQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {"pending"|"acknowledged"|"resolved"|"dismissed"|"all"} [status]
 * @property {"info"|"warning"|"critical"|null} [severity]
 * @property {number} [days]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Said} AcknowledgeActivityAlertAnswer */
/** @typedef {Said} ClearMonitorCacheAnswer */
/** @typedef {CacheStatsAnswer} MonitorCacheStatsAnswer */
/** @typedef {CurrentAnswer} CurrentActivityAnswer */
/**
 * @typedef {object} CurrentActivityQuery
 * @property {boolean} [include_idle]
 * @property {string} [sort]
 * @property {"asc"|"desc"} [order]
 * @property {"all"|"admin"|"manager"|"driver"|"viewer"} [role_filter]
 * @property {number} [page]
 * @property {number} [limit]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {any} ExportActivityAnswer */
/**
 * @typedef {object} ExportActivityQuery
 * @property {string|null} [start_date]
 * @property {string|null} [end_date]
 * @property {string} [metrics]
 * @property {boolean} [cache_bypass]
 * @property {"csv"|"json"} [format]
 * @property {string} [username]
 */
/** @typedef {MonitorHealth} MonitorHealthAnswer */
/** @typedef {HistoryAnswer} ActivityHistoryAnswer */
/**
 * @typedef {object} ActivityHistoryQuery
 * @property {number} [days]
 * @property {string} [page_filter]
 * @property {number} [page]
 * @property {number} [limit]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {SummaryAnswer} ActivitySummaryAnswer */
/**
 * @typedef {object} ActivitySummaryQuery
 * @property {"day"|"week"|"month"} [period]
 * @property {string|null} [date]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {TrendsAnswer} ActivityTrendsAnswer */
/**
 * @typedef {object} ActivityTrendsQuery
 * @property {string|null} [start_date]
 * @property {string|null} [end_date]
 * @property {string} [metrics]
 * @property {boolean} [cache_bypass]
 */
/** @typedef {DeletedDevice[]} ListDeletedDevicesAnswer */
/**
 * @typedef {object} ListDeletedDevicesQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {RecoveredDevice} RecoverDeviceAnswer */
/** @typedef {Recovery} RecoverDeviceBody */
/** @typedef {ClearedSlots} ListClearedSlotsAnswer */
/**
 * @typedef {object} ListClearedSlotsQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Said} TerminateSessionAnswer */
/** @typedef {PreferencesKeptDone} ReportEventAnswer */
/** @typedef {EventReport} ReportEventBody */
/** @typedef {AuditPage} ReadAuditLogAnswer */
/**
 * @typedef {object} ReadAuditLogQuery
 * @property {string} [actor]
 * @property {string} [action]
 * @property {string} [resource]
 * @property {string} [resource_id]
 * @property {string} [outcome]
 * @property {string|null} [since]
 * @property {string|null} [until]
 * @property {string|null} [before]
 * @property {number} [limit]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {OwnActivities} OwnActivityAnswer */
/**
 * @typedef {object} OwnActivityQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Message} ChangePasswordAnswer */
/** @typedef {PasswordChange} ChangePasswordBody */
/** @typedef {CurrentUser} CurrentUserAnswer */
/** @typedef {Message} ForgotPasswordAnswer */
/** @typedef {ForgottenPassword} ForgotPasswordBody */
/** @typedef {Message} SetForgottenPasswordAnswer */
/** @typedef {ForgottenPasswordConfirmation} SetForgottenPasswordBody */
/** @typedef {SignedInAnswer} LoginAnswer */
/** @typedef {Credentials} LoginBody */
/** @typedef {SignedInAnswer} LoginSecondStepAnswer */
/** @typedef {SecondFactor} LoginSecondStepBody */
/** @typedef {Message} LogoutAnswer */
/** @typedef {Message} RemoveSecondFactorAnswer */
/** @typedef {OwnPassword} RemoveSecondFactorBody */
/** @typedef {Message} ConfirmSecondFactorAnswer */
/** @typedef {SecondFactorCode} ConfirmSecondFactorBody */
/** @typedef {SecondFactorSecret} BeginSecondFactorAnswer */
/** @typedef {Refreshed} RefreshTokensAnswer */
/** @typedef {Refresh} RefreshTokensBody */
/** @typedef {ProfileChanged} UpdateProfileAnswer */
/** @typedef {ProfileChange} UpdateProfileBody */
/** @typedef {CabinetType[]} ListCabinetTypesAnswer */
/**
 * @typedef {object} ListCabinetTypesQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {CabinetType} CreateCabinetTypeAnswer */
/** @typedef {CabinetTypeContent} CreateCabinetTypeBody */
/** @typedef {Deleted} DeleteCabinetTypeAnswer */
/** @typedef {CabinetType} EditCabinetTypeAnswer */
/** @typedef {CabinetTypeContent} EditCabinetTypeBody */
/** @typedef {Reply} AskAssistantAnswer */
/** @typedef {Question} AskAssistantBody */
/** @typedef {Company} ShowCompanyAnswer */
/** @typedef {Company} ChangeCompanyAnswer */
/** @typedef {CompanyChange} ChangeCompanyBody */
/** @typedef {DeviceType[]} ListDeviceTypesAnswer */
/**
 * @typedef {object} ListDeviceTypesQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {DeviceType} CreateDeviceTypeAnswer */
/** @typedef {DeviceTypeContent} CreateDeviceTypeBody */
/** @typedef {Deleted} DeleteDeviceTypeAnswer */
/** @typedef {DeviceType} EditDeviceTypeAnswer */
/** @typedef {DeviceTypeContent} EditDeviceTypeBody */
/** @typedef {Device[]} ListDevicesAnswer */
/**
 * @typedef {object} ListDevicesQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {DeviceCreated} CreateDeviceAnswer */
/** @typedef {NewDevice} CreateDeviceBody */
/** @typedef {Badge} CountDeviceAlertsAnswer */
/** @typedef {BulkDeleted} DeleteDevicesAnswer */
/** @typedef {BulkDelete} DeleteDevicesBody */
/** @typedef {Record<string, DeviceMetrics>} MetricsOfDevicesAnswer */
/** @typedef {DeviceSelection} MetricsOfDevicesBody */
/** @typedef {DevicePage} PageDevicesAnswer */
/**
 * @typedef {object} PageDevicesQuery
 * @property {number} [page]
 * @property {number} [per_page]
 * @property {string|null} [search]
 * @property {number|null} [device_type_id]
 * @property {number|null} [location_id]
 * @property {number|null} [route_id]
 * @property {boolean|null} [has_route]
 * @property {"asset"|"cooler"|"location"|"created_at"} [sort]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {FleetDevicesDone} DeleteDeviceAnswer */
/** @typedef {Device} GetDeviceAnswer */
/** @typedef {DeviceEdited} EditDeviceAnswer */
/** @typedef {DeviceEdit} EditDeviceBody */
/** @typedef {Cabinet} AddCabinetAnswer */
/** @typedef {NewCabinet} AddCabinetBody */
/** @typedef {CabinetRemoved} RemoveCabinetAnswer */
/**
 * @typedef {object} RemoveCabinetQuery
 * @property {boolean} [force]
 * @property {string|null} [reason]
 */
/** @typedef {Cabinet} ChangeCabinetAnswer */
/** @typedef {CabinetChange} ChangeCabinetBody */
/** @typedef {DeviceMappings} ShowDexMappingsAnswer */
/**
 * @typedef {object} ShowDexMappingsQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {DeviceMappings} ReplaceDexMappingsAnswer */
/** @typedef {MappingsBody} ReplaceDexMappingsBody */
/** @typedef {DeviceMetrics} DeviceMetricsAnswer */
/**
 * @typedef {object} DeviceMetricsQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {PastVisit[]} GetServiceHistoryAnswer */
/**
 * @typedef {object} GetServiceHistoryQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {DeviceOutlook} DeviceOutlookAnswer */
/**
 * @typedef {object} DeviceOutlookQuery
 * @property {number} [seasonPercent]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {MachineTold} ShowWhatAMachineToldAnswer */
/**
 * @typedef {object} ShowWhatAMachineToldQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {GridInfoAnswer} ShowGridInfoAnswer */
/** @typedef {GridLayout} ShowGridLayoutAnswer */
/** @typedef {PaRecords} ListPaRecordsAnswer */
/**
 * @typedef {object} ListPaRecordsQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {DexParsed|DexRefused} ParseDexAnswer */
/** @typedef {ReadPage} ListDexReadsAnswer */
/**
 * @typedef {object} ListDexReadsQuery
 * @property {number} [page]
 * @property {number} [per_page]
 * @property {number|null} [device_id]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {ReadDetail} ShowDexReadAnswer */
/** @typedef {Linked} LinkDexReadAnswer */
/** @typedef {LinkBody} LinkDexReadBody */
/** @typedef {RecordList} ListDexRecordsAnswer */
/**
 * @typedef {object} ListDexRecordsQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Unlinked} ListUnlinkedAnswer */
/**
 * @typedef {object} ListUnlinkedQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {string} DocsAnswer */
/** @typedef {string} DocsAssetAnswer */
/** @typedef {PreferencesKeptDone} NoteDriverLocationAnswer */
/** @typedef {PreferencesKeptPlace} NoteDriverLocationBody */
/** @typedef {DriverPlace[]} ListDriverLocationsAnswer */
/**
 * @typedef {object} ListDriverLocationsQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Pulled} PullOrdersAnswer */
/**
 * @typedef {object} PullOrdersQuery
 * @property {string|null} [since]
 */
/** @typedef {Pushed} PushActionsAnswer */
/** @typedef {Push} PushActionsBody */
/** @typedef {Driver[]} ListDriversAnswer */
/**
 * @typedef {object} ListDriversQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {PreferencesKeptDone} ReportErrorAnswer */
/** @typedef {ErrorReport} ReportErrorBody */
/** @typedef {ExportPage} ListExportsAnswer */
/**
 * @typedef {object} ListExportsQuery
 * @property {number|null} [before]
 * @property {number} [limit]
 */
/** @typedef {Export} AskForExportAnswer */
/** @typedef {ExportWish} AskForExportBody */
/** @typedef {Export} ShowExportAnswer */
/** @typedef {ImportPage} ListImportsAnswer */
/**
 * @typedef {object} ListImportsQuery
 * @property {number|null} [before]
 * @property {number} [limit]
 */
/** @typedef {Import} AskForImportAnswer */
/** @typedef {ImportWish} AskForImportBody */
/** @typedef {Import} ShowImportAnswer */
/** @typedef {RefusedRows} ListRefusedRowsAnswer */
/**
 * @typedef {object} ListRefusedRowsQuery
 * @property {number} [after]
 * @property {number} [limit]
 */
/** @typedef {Import} StartImportAnswer */
/** @typedef {AddressFound} GeocodeAddressAnswer */
/** @typedef {AddressQuery} GeocodeAddressBody */
/** @typedef {Health} HealthAnswer */
/** @typedef {Readiness} ReadyAnswer */
/** @typedef {Badge} CountLowStockAnswer */
/** @typedef {ArticleList} ListArticlesAnswer */
/**
 * @typedef {object} ListArticlesQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {ArticleShown} ShowArticleAnswer */
/** @typedef {CategoryList} ListArticleCategoriesAnswer */
/**
 * @typedef {object} ListArticleCategoriesQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {FeedbackKept} KeepArticleFeedbackAnswer */
/** @typedef {Feedback} KeepArticleFeedbackBody */
/** @typedef {SearchResults} SearchArticlesAnswer */
/**
 * @typedef {object} SearchArticlesQuery
 * @property {string} [q]
 * @property {string|null} [category]
 * @property {"Beginner"|"Intermediate"|"Advanced"|null} [difficulty]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {StatsShown} ShowKnowledgeStatsAnswer */
/** @typedef {Location[]} ListLocationsAnswer */
/**
 * @typedef {object} ListLocationsQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Location} CreateLocationAnswer */
/** @typedef {LocationContent} CreateLocationBody */
/** @typedef {LocationDeleted} DeleteLocationAnswer */
/** @typedef {Location} EditLocationAnswer */
/** @typedef {LocationContent} EditLocationBody */
/** @typedef {Badge} CountMaintenanceDueAnswer */
/** @typedef {MonthAchievement} MonthAchievementsAnswer */
/**
 * @typedef {object} MonthAchievementsQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Recalculation} CalculateMetricsAnswer */
/** @typedef {Kpis} DashboardAnswer */
/**
 * @typedef {object} DashboardQuery
 * @property {string|null} [start_date]
 * @property {string|null} [end_date]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {TimelineMonth[]} RevenueTimelineAnswer */
/**
 * @typedef {object} RevenueTimelineQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Performer[]} TopPerformersAnswer */
/**
 * @typedef {object} TopPerformersQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {LifecycleMetrics} UserLifecycleMetricsAnswer */
/**
 * @typedef {object} UserLifecycleMetricsQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Weekly} WeeklyMetricsAnswer */
/**
 * @typedef {object} WeeklyMetricsQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Migrated} MigrateStorageAnswer */
/** @typedef {Storage} MigrateStorageBody */
/** @typedef {Badge} CountNotificationsAnswer */
/** @typedef {Pushed} PushOfflineActionsAnswer */
/** @typedef {Push} PushOfflineActionsBody */
/** @typedef {any} OpenapiAnswer */
/** @typedef {Client[]} ListClientsAnswer */
/**
 * @typedef {object} ListClientsQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 */
/** @typedef {ClientMade} CreateClientAnswer */
/** @typedef {NewClient} CreateClientBody */
/** @typedef {ClientDeleted} DeleteClientAnswer */
/** @typedef {Client} GetClientAnswer */
/** @typedef {Client} ChangeClientAnswer */
/** @typedef {ClientChange} ChangeClientBody */
/** @typedef {Client} RevokeClientAnswer */
/** @typedef {ClientMade} RotateClientAnswer */
/** @typedef {PartnersClientsRotation} RotateClientBody */
/** @typedef {InboundPartner[]} ListInboundPartnersAnswer */
/** @typedef {InboundPartnerWithSecret} CreateInboundPartnerAnswer */
/** @typedef {NewInboundPartner} CreateInboundPartnerBody */
/** @typedef {InboundDeliveries} ListInboundDeliveriesAnswer */
/**
 * @typedef {object} ListInboundDeliveriesQuery
 * @property {string|null} [partner]
 * @property {"stored"|"unpacked"|"applied"|"dead"|null} [status]
 * @property {number} [page]
 * @property {number} [perPage]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {PartnersInboundReplayed} ReplayInboundDeliveriesAnswer */
/** @typedef {ReplayWish} ReplayInboundDeliveriesBody */
/** @typedef {InboundPartner} SwitchInboundPartnerAnswer */
/** @typedef {InboundSwitch} SwitchInboundPartnerBody */
/** @typedef {InboundPartnerWithSecret} RotateInboundSecretAnswer */
/** @typedef {InboundRotation} RotateInboundSecretBody */
/** @typedef {ScopeShown[]} ListScopesAnswer */
/** @typedef {Saved} SavePlanogramAnswer */
/** @typedef {PlanogramSave} SavePlanogramBody */
/** @typedef {Available} AdviceByModelAnswer */
/** @typedef {SuggestionsAnswer} SuggestProductsAnswer */
/** @typedef {SuggestionsQuestion} SuggestProductsBody */
/** @typedef {ExportedPlanogram[]} ExportPlanogramsAnswer */
/**
 * @typedef {object} ExportPlanogramsQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {OptimalAnswer} OptimalSlotsAnswer */
/** @typedef {OptimalQuestion} OptimalSlotsBody */
/** @typedef {OptimizeAnswer} OptimizePlanogramAnswer */
/** @typedef {OptimizeQuestion} OptimizePlanogramBody */
/** @typedef {HeatAnswer} HeatZonesAnswer */
/**
 * @typedef {object} HeatZonesQuery
 * @property {number} device_id
 * @property {number} [cabinet_index]
 */
/** @typedef {PredictAnswer} PredictRevenueAnswer */
/** @typedef {PredictQuestion} PredictRevenueBody */
/** @typedef {AnalysisAnswer} AnalysePlacementAnswer */
/** @typedef {AnalysisQuestion} AnalysePlacementBody */
/** @typedef {ScoreAnswer} ScorePlacementAnswer */
/** @typedef {ScoreQuestion} ScorePlacementBody */
/** @typedef {string} StreamSuggestionsAnswer */
/**
 * @typedef {object} StreamSuggestionsQuery
 * @property {number} device_id
 * @property {number} [cabinet_index]
 */
/** @typedef {ConstraintsAnswer} ValidateConstraintsAnswer */
/** @typedef {ConstraintsQuestion} ValidateConstraintsBody */
/** @typedef {Record<string, SlotContent>} GetPlanogramAnswer */
/**
 * @typedef {object} GetPlanogramQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Saved} CopyPlanogramAnswer */
/** @typedef {LayoutCopy} CopyPlanogramBody */
/** @typedef {Counted} CountPlanogramAnswer */
/** @typedef {PlanogramCount} CountPlanogramBody */
/** @typedef {Saved} MoveProductAnswer */
/** @typedef {SlotMove} MoveProductBody */
/** @typedef {SlotChange[]} ListSlotChangesAnswer */
/**
 * @typedef {object} ListSlotChangesQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Product[]} ListProductsAnswer */
/**
 * @typedef {object} ListProductsQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {string|null} [category]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Product} CreateProductAnswer */
/** @typedef {ProductContent} CreateProductBody */
/** @typedef {string[]} ListCategoriesAnswer */
/**
 * @typedef {object} ListCategoriesQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {ProductDeleted} DeleteProductAnswer */
/** @typedef {Product} GetProductAnswer */
/** @typedef {Product} EditProductAnswer */
/** @typedef {ProductContent} EditProductBody */
/** @typedef {PreferencesKeptDone} SubscribeToPushAnswer */
/** @typedef {SubscriptionBody} SubscribeToPushBody */
/** @typedef {PreferencesKeptDone} UnsubscribeFromPushAnswer */
/** @typedef {Unsubscription} UnsubscribeFromPushBody */
/** @typedef {QueryAnswer} RunQueryAnswer */
/** @typedef {Query} RunQueryBody */
/** @typedef {PerformanceReport} RoutePerformanceAnswer */
/**
 * @typedef {object} RoutePerformanceQuery
 * @property {string|null} [start_date]
 * @property {string|null} [end_date]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {PlanningConfig} PlanningConfigAnswer */
/** @typedef {PlanningDone} ChangePlanningConfigAnswer */
/** @typedef {PlanningConfigChange} ChangePlanningConfigBody */
/** @typedef {Tour[]|OwnTours} ListRoutesAnswer */
/**
 * @typedef {object} ListRoutesQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {string|null} [since]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Tour} CreateRouteAnswer */
/** @typedef {TourBody} CreateRouteBody */
/** @typedef {ToursDone} DeleteRouteAnswer */
/** @typedef {Tour} UpdateRouteAnswer */
/** @typedef {TourBody} UpdateRouteBody */
/** @typedef {Assigned} AssignDeviceAnswer */
/** @typedef {DeviceAssignment} AssignDeviceBody */
/** @typedef {TourDevices} ListRouteDevicesAnswer */
/**
 * @typedef {object} ListRouteDevicesQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {ToursDone} RemoveDeviceAnswer */
/**
 * @typedef {object} RemoveDeviceQuery
 * @property {number} deviceId
 * @property {boolean} [force]
 */
/** @typedef {Sale[]} ListSalesAnswer */
/**
 * @typedef {object} ListSalesQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {string|null} [start_date]
 * @property {string|null} [end_date]
 * @property {number|null} [device_id]
 * @property {number|null} [product_id]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {SaleRecorded} CreateSaleAnswer */
/** @typedef {SaleBody} CreateSaleBody */
/** @typedef {AssetReport} AssetReportAnswer */
/**
 * @typedef {object} AssetReportQuery
 * @property {string|null} [start_date]
 * @property {string|null} [end_date]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {DemoMade} MakeDemoSalesAnswer */
/** @typedef {DemoAsked} MakeDemoSalesBody */
/** @typedef {ProductReport} ProductReportAnswer */
/**
 * @typedef {object} ProductReportQuery
 * @property {string|null} [start_date]
 * @property {string|null} [end_date]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {SalesReportsDeviceSummary[]|ProductSummary[]|DaySummary[]} SalesSummaryAnswer */
/**
 * @typedef {object} SalesSummaryQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {string|null} [start_date]
 * @property {string|null} [end_date]
 * @property {string} [groupBy]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Sale} CorrectSaleAnswer */
/** @typedef {CorrectionBody} CorrectSaleBody */
/** @typedef {MonitoringSecurityDone} AcknowledgeAlertAnswer */
/** @typedef {MonitoringSecurityDone} DismissAlertAnswer */
/** @typedef {MonitoringSecurityDone} ResolveAlertAnswer */
/** @typedef {Dashboard} SecurityDashboardAnswer */
/** @typedef {IpBlock[]} ListIpBlocksAnswer */
/**
 * @typedef {object} ListIpBlocksQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {MonitoringSecurityDone} UnblockAddressAnswer */
/** @typedef {OrderList} ListOrdersAnswer */
/**
 * @typedef {object} ListOrdersQuery
 * @property {string|number|null} [routeId]
 * @property {number|null} [driverId]
 * @property {"pending"|"in_progress"|"completed"|"cancelled"|null} [status]
 * @property {string|null} [date]
 * @property {string|null} [dateFrom]
 * @property {string|null} [dateTo]
 * @property {string|null} [since]
 * @property {number|null} [page]
 * @property {number} [perPage]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {OrderCreated} CreateOrderAnswer */
/** @typedef {NewOrder} CreateOrderBody */
/** @typedef {StopUpdated} BackOutOfCabinetAnswer */
/** @typedef {DeliveryRecorded} ExecuteCabinetAnswer */
/** @typedef {DeliveryReport} ExecuteCabinetBody */
/** @typedef {RolledBack} RollBackCabinetAnswer */
/** @typedef {Rollback} RollBackCabinetBody */
/** @typedef {StopUpdated} SkipCabinetAnswer */
/** @typedef {Skip} SkipCabinetBody */
/** @typedef {StopUpdated} StartCabinetAnswer */
/** @typedef {Started} StartCabinetBody */
/** @typedef {DeliveryRecorded} ExecuteOrderCabinetAnswer */
/** @typedef {OrderDelivery} ExecuteOrderCabinetBody */
/** @typedef {PendingOrders} CountPendingOrdersAnswer */
/** @typedef {PhotoStored} UploadPhotoAnswer */
/** @typedef {Preview} PreviewOrderAnswer */
/** @typedef {PreviewRequest} PreviewOrderBody */
/** @typedef {OrderDetail} GetOrderAnswer */
/**
 * @typedef {object} GetOrderQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {OrderUpdated} UpdateOrderAnswer */
/** @typedef {OrderEdit} UpdateOrderBody */
/** @typedef {OrderUpdated} CancelOrderAnswer */
/** @typedef {Cancellation} CancelOrderBody */
/** @typedef {PhotoList} ListPhotosAnswer */
/**
 * @typedef {object} ListPhotosQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {PhotoStored} ConfirmPhotoUploadAnswer */
/** @typedef {PhotoMeta} ConfirmPhotoUploadBody */
/** @typedef {UploadOffer} OfferPhotoUploadAnswer */
/** @typedef {WantedUpload} OfferPhotoUploadBody */
/** @typedef {PhotoRedacted} RedactPhotoAnswer */
/**
 * @typedef {object} RedactPhotoQuery
 * @property {string|null} [reason]
 */
/** @typedef {PickLine[]} GetPickListAnswer */
/**
 * @typedef {object} GetPickListQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {OrderUpdated} RefreshOrderAnswer */
/** @typedef {OrderUpdated} StartOrderAnswer */
/** @typedef {Started} StartOrderBody */
/** @typedef {Synced} SyncOrderAnswer */
/** @typedef {SyncedOrder} SyncOrderBody */
/** @typedef {VisitRecorded} RecordVisitAnswer */
/** @typedef {NewVisit} RecordVisitBody */
/** @typedef {Counted} CountSlotAnswer */
/** @typedef {SlotCount} CountSlotBody */
/** @typedef {SystemSettings} ShowSettingsAnswer */
/** @typedef {SystemSettings} ChangeSettingsAnswer */
/** @typedef {SystemSettings} ChangeSettingsBody */
/** @typedef {Taken} SendHappeningsAnswer */
/** @typedef {SentHappenings} SendHappeningsBody */
/** @typedef {FileStatus} ShowFileAnswer */
/** @typedef {Taken} SendReadsAnswer */
/** @typedef {SentReads} SendReadsBody */
/** @typedef {SilentMachines} ListSilentMachinesAnswer */
/**
 * @typedef {object} ListSilentMachinesQuery
 * @property {"json"|"csv"} [format]
 */
/** @typedef {Taken} ReceiveDeliveryAnswer */
/** @typedef {Preferences} ShowPreferencesAnswer */
/** @typedef {PreferencesKeptDone} KeepPreferencesAnswer */
/** @typedef {PreferencesBody} KeepPreferencesBody */
/** @typedef {PreferencesKeptDone} RemoveAvatarAnswer */
/** @typedef {Avatar} ShowAvatarAnswer */
/** @typedef {Avatar} ChangeAvatarAnswer */
/** @typedef {UserList} ListUsersAnswer */
/**
 * @typedef {object} ListUsersQuery
 * @property {number} [page]
 * @property {number|null} [per_page]
 * @property {"admin"|"manager"|"driver"|"viewer"|null} [role]
 * @property {"active"|"inactive"|"locked"|"deleted"|null} [status]
 * @property {string|null} [search]
 * @property {boolean} [include_deleted]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {UserCreatedWithPassword|UserCreated} CreateUserAnswer */
/** @typedef {NewUser} CreateUserBody */
/** @typedef {BatchResult} BatchDeactivateUsersAnswer */
/** @typedef {UserIds} BatchDeactivateUsersBody */
/** @typedef {Message} RemoveUserAnswer */
/** @typedef {UserRow} GetUserAnswer */
/** @typedef {Message} UpdateUserAnswer */
/** @typedef {UserChange} UpdateUserBody */
/** @typedef {UserMoved} ActivateUserAnswer */
/** @typedef {UserActions} UserActivityAnswer */
/**
 * @typedef {object} UserActivityQuery
 * @property {number} [page]
 * @property {number} [per_page]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {AuditTrail} UserAuditTrailAnswer */
/**
 * @typedef {object} UserAuditTrailQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {UserMoved} DeactivateUserAnswer */
/** @typedef {UserMoved} TakeSecondFactorAwayAnswer */
/** @typedef {NewPassword} ResetPasswordAnswer */
/** @typedef {UserOrders} UserServiceOrdersAnswer */
/**
 * @typedef {object} UserServiceOrdersQuery
 * @property {number|null} [page]
 * @property {number} [per_page]
 * @property {"json"|"csv"} [format]
 */
/** @typedef {UserMoved} DeleteUserAnswer */
/** @typedef {UserMoved} UnlockUserAnswer */
/** @typedef {Catalogue} ListWebhookEventsAnswer */
/** @typedef {WebhookShown[]} ListWebhooksAnswer */
/** @typedef {WebhookWithSecret} CreateWebhookAnswer */
/** @typedef {WebhookBody} CreateWebhookBody */
/** @typedef {WebhookDone} DeleteWebhookAnswer */
/** @typedef {WebhookShown} ShowWebhookAnswer */
/** @typedef {WebhookShown} ChangeWebhookAnswer */
/** @typedef {WebhookChange} ChangeWebhookBody */
/** @typedef {DeliveriesPage} ListDeliveriesAnswer */
/**
 * @typedef {object} ListDeliveriesQuery
 * @property {"pending"|"delivered"|"failed"|null} [status]
 * @property {string|null} [eventType]
 * @property {number} [page]
 * @property {number} [perPage]
 */
/** @typedef {DeliveryWhole} ShowDeliveryAnswer */
/** @typedef {Queued} ResendDeliveryAnswer */
/** @typedef {MissedEvents} ListMissedEventsAnswer */
/**
 * @typedef {object} ListMissedEventsQuery
 * @property {string} stream
 * @property {number} [after]
 * @property {number} [limit]
 */
/** @typedef {PartnersWebhooksReplayed} ReplayWebhookAnswer */
/** @typedef {Replay} ReplayWebhookBody */
/** @typedef {WebhookWithSecret} RotateWebhookSecretAnswer */
/** @typedef {PartnersWebhooksRotation} RotateWebhookSecretBody */
/** @typedef {Queued} TestWebhookAnswer */
